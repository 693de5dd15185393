/** Code lists that the GS1 syntax dictionary refers to by name. Facts of public registers, kept short. */

/**
 * ISO 3166-1 numeric codes (249 countries and territories) in rising order: each character stands for the step from the
 * code before, `1` for one, `4` for four and so on through the ASCII table.
 */
const COUNTRY_STEPS =
  '442244443144442114444222282424444444484444442444413244314714424445111413422442242251<4444444444422444444' +
  '44444444624424314422442244444444424842114444444321158644444421211157244444424444136251213444442248111146' +
  '8413844444224444444312243;851116:4422>657';

/** ISO 4217 numeric codes in the same writing. */
const CURRENCY_STEPS =
  '84D4842118444<66848884884>4>4;5688264D8FL444844444448<44224424314444<844B4<2684881?648<848244J938L8<224B' +
  'D4444<444<7;886B2F4?G111111312221212111111121111111111211111121111113114432';

/** ISO 3166-1 alpha-2 codes: first letter, then every second letter that follows it. */
const COUNTRY_LETTERS =
  'ADEFGILMOQRSTUWXZ BABDEFGHIJLMNOQRSTVWYZ CACDFGHIKLMNORUVWXYZ DEJKMOZ ECEGHRST FIJKMOR GABDEFGHILMNPQRST' +
  'UWY HKMNRTU IDELMNOQRST JEMOP KEGHIMNPRWYZ LABCIKRSTUVY MACDEFGHKLMNOPQRSTUVWXYZ NACEFGILOPRUZ OM PAEFGH' +
  'KLMNRSTWY QA REOSUW SABCDEGHIJKLMNORSTVXYZ TCDFGHJKLMNORTVWZ UAGMSYZ VACEGINU WFS YET ZAMW';

/** UN/ECE Recommendation 21 package types with the additions of the GS1 code list PackageTypeCode: of two characters. */
const PACKAGE_LETTERS =
  '1ABDFGW 2C 3AH 434ABCDFGH 5HLM 6HP 7AB 8ABC AABCDFGHIJLMPTV B4BCDEFGHIJKLMNOPQRSTUVWXYZ CABCDEFGHIJKLMNO' +
  'PQRSTUVWXYZ DABCGHIJKLMNPRSTUVWXY E123CDEFGHIN FBCDEILOPRTWX GBILRUYZ HABCGNR IABCDEFGHKLNZ JBCGRTY KGI ' +
  'LEGTUVZ MABCERSTWX NAEFGSTUV OABCDEFKTU P2ABCDEFGHIJKLNOPRTUVXYZ QABCDFGHJKLMNPQRS RDGJKLOTZ S1ABCDEHIKL' +
  'MOPSTUVWXYZ T1BCDEGIKLNORSTUVWYZ UCN VAGIKLNOPQRSY WABCDFGHJKLMNPQRSTUVWXYZ X3ABCDFGHJK YABCDFGHJKLMNPQR' +
  'STVWXYZ ZABCDFGHJKLMNPQRSTUVWXYZ';

/** The package types of one and of three characters. */
const OTHER_PACKAGES =
  '200 201 202 203 204 205 206 210 211 212 8 9 APE BGE BME BRI CBL CCE DPE FOB FPE LAB MPE OPE PAE PLP POP ' +
  'PPE PUE RB1 RB2 RB3 RCB SEC STL TEV THE TRE TTE TWE UUE WRP X11 X12 X15 X16 X17 X18 X19 X20';

function fromSteps(steps: string): Set<number> {
  let code = 0;
  const codes = new Set<number>();
  for (const step of steps) {
    code += step.charCodeAt(0) - 48;
    codes.add(code);
  }
  return codes;
}

function fromLetters(groups: string): Set<string> {
  return new Set(groups.split(' ').flatMap((group) => [...group.slice(1)].map((second) => group.charAt(0) + second)));
}

const countryNumbers = fromSteps(COUNTRY_STEPS);
const currencyNumbers = fromSteps(CURRENCY_STEPS);
const countryLetters = fromLetters(COUNTRY_LETTERS);
const packageTypes = new Set([...fromLetters(PACKAGE_LETTERS), ...OTHER_PACKAGES.split(' ')]);

/** @param code three digits */
export function isCountryNumber(code: string): boolean {
  return countryNumbers.has(Number(code));
}

export function isCountryLetters(code: string): boolean {
  return countryLetters.has(code);
}

/** @param code three digits */
export function isCurrencyNumber(code: string): boolean {
  return currencyNumbers.has(Number(code));
}

export function isPackageType(code: string): boolean {
  return packageTypes.has(code);
}
