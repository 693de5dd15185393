import { dayNumber, FIRST_DAY } from './days.ts';
import { creditCode } from './identifiers.ts';
import { FOREIGN_HOLDERS, LENS_NAME, type Population } from './population.ts';
import { Dice, permutation } from './random.ts';
import {
  CERTIFICATE_FORMS,
  type CertificateForm,
  DEVICE_TAGS,
  PRODUCT_FLAGS,
  type ProductFlag,
  slot,
} from './shape.ts';
import * as words from './words.ts';

/** Everything the models of one product share. `base` holds the 47 values, empty where a device has its own. */
export interface Product {
  readonly index: number;
  readonly base: readonly string[];
  readonly form: CertificateForm;
  readonly system: 'GS1' | 'MA' | 'AHM';
  /** First two digits of the GTIN bodies: 69 in China, others abroad. */
  readonly prefix: number;
  readonly registrant: number;
  readonly useUnits: number;
  readonly otherRegisteredDi: boolean;
  readonly directMarkDiffers: boolean;
  readonly articleNumber: boolean;
  /** First 20 characters of the 27-character insurance code, or empty. */
  readonly insurance: string;
  readonly approvedDay: number;
  readonly levels: readonly { readonly unit: string; readonly quantity: number }[];
  readonly storage: readonly (readonly string[])[];
  readonly contact: readonly (readonly string[])[];
  readonly clinical: boolean;
  /** 0 lens power / base curve / diameter, 1 diameter × length, 2 letters and running number, 3 pack sizes. */
  readonly modelStyle: number;
  readonly modelHead: string;
}

interface Holder {
  readonly name: string;
  readonly english: string;
  readonly credit: string;
  readonly province: (typeof words.PROVINCES)[number];
  readonly contact: readonly string[];
}

function holderOf(seed: number, holder: number): Holder {
  const dice = new Dice(seed, 2, holder);
  const province = dice.pick(words.PROVINCES);
  // Subscriber numbers beginning with 0 and the reserved domain make sure that nobody real is named.
  const phone = `0${10 + dice.below(89)}-0${String(dice.below(10_000_000)).padStart(7, '0')}`;
  const contact = [dice.chance(0.4) ? phone : '', `udi${holder}@example.com`, phone];
  const credit = creditCode(province.region, 10_000_000 + holder * 7 + dice.below(7));
  if (holder >= FOREIGN_HOLDERS) {
    const head = dice.below(words.FOREIGN_HEADS.length);
    const tail = dice.below(words.FOREIGN_TAILS.length);
    const form = dice.pick(words.FOREIGN_FORMS);
    return {
      name: `${words.FOREIGN_NAMES[head]}${['医疗', '外科', '血管', '骨科', '诊断', '眼科', '健康', '生物材料', '齿科', '治疗'][tail]}公司`,
      english: `${words.FOREIGN_HEADS[head]} ${words.FOREIGN_TAILS[tail]} ${form}`,
      credit,
      province,
      contact,
    };
  }
  const heads = words.HOLDER_HEADS.length;
  const mixed = permutation(heads * heads * words.HOLDER_TAILS.length, seed)(holder);
  const coined = `${words.HOLDER_HEADS[mixed % heads]}${words.HOLDER_TAILS[Math.floor(mixed / heads) % words.HOLDER_TAILS.length]}${words.HOLDER_HEADS[Math.floor(mixed / heads / words.HOLDER_TAILS.length)]}`;
  return {
    name: `${province.name}${coined}${dice.pick(words.HOLDER_KINDS)}${dice.chance(0.2) ? '股份' : ''}有限公司`,
    english: '',
    credit,
    province,
    contact,
  };
}

/** Builds products of a population by number; keeps the last few, since their runs come in any order. */
export function productBuilder(population: Population): (index: number) => Product {
  const { seed } = population;
  const reagents =
    words.ANALYTES.length * words.REAGENT_KINDS.length * words.REAGENT_METHODS.length * words.REAGENT_SPECIMENS.length;
  const combinations = words.NOUNS.length * words.SITES.length * words.MATERIALS.length * words.PREFIXES.length;
  const nameOrder = permutation(combinations, seed + 3);
  const reagentOrder = permutation(reagents, seed + 4);
  const bit = Object.fromEntries(PRODUCT_FLAGS.map((flag, i) => [flag, 1 << i])) as Record<ProductFlag, number>;

  /** Names are numbered so that every number gives another text; one number in eleven names a reagent. */
  const named = (
    name: number,
  ): { text: string; noun: words.Noun; reagent: boolean; site: string; material: string } => {
    if (name === LENS_NAME) return { text: words.LENS.name, noun: words.LENS, reagent: false, site: '', material: '' };
    if (name % 11 === 5 && name / 11 < reagents) {
      let k = reagentOrder(Math.floor(name / 11));
      const take = (list: readonly string[]) => {
        const word = list[k % list.length] as string;
        k = Math.floor(k / list.length);
        return word;
      };
      const analyte = take(words.ANALYTES);
      const kind = take(words.REAGENT_KINDS);
      const method = take(words.REAGENT_METHODS);
      const specimen = take(words.REAGENT_SPECIMENS);
      const noun: words.Noun = { name: kind, code: '22', level: name % 3 === 0 ? 3 : 2, consumable: true };
      return { text: `${specimen}${analyte}${kind}（${method}）`, noun, reagent: true, site: '', material: '' };
    }
    let k = nameOrder(name);
    const take = <T>(list: readonly T[]) => {
      const word = list[k % list.length] as T;
      k = Math.floor(k / list.length);
      return word;
    };
    const noun = take(words.NOUNS);
    const site = take(words.SITES);
    const material = take(words.MATERIALS);
    return { text: `${take(words.PREFIXES)}${material}${site}${noun.name}`, noun, reagent: false, site, material };
  };

  const certificate = (
    form: CertificateForm,
    noun: words.Noun,
    reagent: boolean,
    dice: Dice,
    holder: Holder,
  ): [string, number] => {
    const year = 2015 + Math.floor(dice.unit() ** 0.6 * 11);
    const serial = String(1 + dice.below(9998)).padStart(4, '0');
    const code = reagent ? '40' : noun.code.slice(0, 2);
    const level = noun.level === 1 ? 2 : noun.level;
    if (form === 'domestic')
      return [`${level === 3 ? '国' : holder.province.short}械注准${year}${level}${code}${serial}`, year];
    if (form === 'imported') return [`国械注进${year}${level}${code}${serial}`, year];
    if (form === 'special') return [`国械注许${year}${level}${code}${serial}`, year];
    if (form === 'unknown') return [dice.pick(words.UNKNOWN_CERTIFICATES), year];
    return [`${holder.province.short}${dice.pick(holder.province.townShorts)}械备${year}${serial}`, year];
  };

  const build = (index: number): Product => {
    const dice = new Dice(seed, 3, index);
    const flags = population.flags[index] as number;
    const has = (flag: ProductFlag) => (flags & bit[flag]) !== 0;
    const form = CERTIFICATE_FORMS[population.forms[index] as number] as CertificateForm;
    const holderNumber = population.holders[index] as number;
    const holder = holderOf(seed, holderNumber);
    const { text, noun, reagent, site, material } = named(population.names[index] as number);
    const foreign = holderNumber >= FOREIGN_HOLDERS;
    const system = has('ahmCode') ? 'AHM' : has('maCode') && !foreign ? 'MA' : 'GS1';
    const [number, year] = certificate(form, noun, reagent, dice, holder);
    const second =
      has('severalCertificates') && form !== 'unknown' ? `,${certificate(form, noun, reagent, dice, holder)[0]}` : '';
    const purpose = `${dice.pick(words.PURPOSES)}和${dice.pick(words.PURPOSES)}`;
    const trade = `${dice.pick(words.TRADE_HEADS)}${dice.pick(words.TRADE_TAILS)}`;
    const single = noun.consumable && !has('reusable');
    const sterile = noun.consumable && !reagent && dice.chance(0.7);
    const parts = 2 + dice.below(4);
    const components = Array.from(
      { length: parts },
      () =>
        `${dice.pick(words.MATERIALS) || '高分子'}${dice.pick(['主体', '接头', '护套', '底座', '手柄', '管路', '滤膜', '密封件', '涂层', '连接件'])}`,
    );
    const limit = dice.chance(0.06) ? `，尺寸偏差<${1 + dice.below(9)}% & 符合企业标准` : '';
    const description =
      noun === words.LENS
        ? `本产品由甲基丙烯酸羟乙酯聚合物制成，含水量${38 + dice.below(24)}%，中心厚度${(0.06 + dice.below(10) / 100).toFixed(2)}mm，带${dice.pick(['淡蓝', '浅绿', '无', '灰棕'])}色着色，供矫正近视时日间配戴，最长使用期限${dice.pick(['1天', '14天', '1个月', '3个月', '半年', '1年'])}，保存液为等渗缓冲盐水${limit}。`
        : reagent
          ? `本产品由试剂R1、试剂R2和校准品组成，与配套分析仪共同使用，用于体外定量检测人体样本中的相应成分，结果仅供临床参考，规格见包装，${2 + dice.below(7)}～8℃避光保存${limit}。`
          : `本产品由${components.join('、')}组成${material ? `，主体采用${material}材料` : ''}，结构与尺寸见附图，使用前应检查外包装是否完好，${sterile ? '经灭菌处理，' : ''}供${dice.pick(words.SCENES)}时对${site || '相应部位'}进行${purpose}${limit}。`;
    const values = DEVICE_TAGS.map(() => '');
    const set = (tag: string, value: string) => {
      values[slot(tag)] = value;
    };
    const yes = (value: boolean) => (value ? '是' : '否');
    const useUnits = has('useUnit') ? dice.pick([2, 5, 6, 10, 12, 20, 25, 30, 50, 100]) : 1;
    set('cpbsbmtxmc', system === 'MA' ? 'MA码（IDcode）' : system);
    set('zxxsdyzsydydsl', String(useUnits));
    set('bszt', dice.pick(words.CARRIERS.slice(0, dice.chance(0.98) ? 3 : 5)));
    set('sfyzcbayz', has('agreesFilled') ? yes(!has('otherRegisteredDi')) : '');
    set('sfybtzjbs', yes(has('directMark')));
    set('btcpbsyzxxsdycpbssfyz', has('directMark') ? yes(!has('directMarkDiffers')) : '');
    set('cpmctymc', text);
    set('spmc', has('tradeName') ? trade : '');
    set('sfwblztlcp', yes(dice.chance(0.04)));
    set('cpms', `${description}使用前请阅读说明书，由经过培训的人员操作，包装破损者不得使用。`);
    set('yflbm', has('oldClassCode') ? `68${String(1 + dice.below(77)).padStart(2, '0')}` : '');
    set('qxlb', reagent ? '体外诊断试剂' : '器械');
    set('flbm', noun.code);
    set('tyshxydm', holder.credit);
    set('zczbhhzbapzbh', number + second);
    set('ylqxzcrbarmc', holder.name);
    set('ylqxzcrbarywmc', holder.english);
    set('cplb', noun.consumable ? '耗材' : '设备');
    set('cgzmraqxgxx', has('magneticFilled') ? dice.pick(words.MAGNETIC.slice(0, dice.chance(0.1) ? 4 : 1)) : '');
    set('sfbjwycxsy', yes(single));
    set('zdcfsycs', has('reusable') ? String(1 + dice.below(200)) : '');
    set('sfwwjbz', yes(sterile));
    set('syqsfxyjxmj', yes(has('sterilise')));
    set('mjfs', has('sterilise') ? dice.pick(words.STERILISING) : '');
    set('qtxxdwzlj', has('webAddress') ? `https://www.example.com/product?id=${index}&lang=zh` : '');
    set('scbssfbhph', yes(noun.consumable || dice.chance(0.3)));
    set('scbssfbhxlh', yes(!noun.consumable || dice.chance(0.15)));
    set('scbssfbhscrq', yes(dice.chance(0.7)));
    set('scbssfbhsxrq', yes(noun.consumable && dice.chance(0.95)));
    set('tscchcztj', has('storageText') ? '避免阳光直射，远离火源，防潮' : '');
    set('tsccsm', has('sizeText') ? `见说明书第${1 + dice.below(9)}节` : '');
    set('correctionNumber', '0');
    const storageRows = [
      ['常温', '0', '40', '℃'],
      ['冷藏', '2', '8', '℃'],
      ['湿度', '', '80', '%RH'],
      ['干燥', '', '', ''],
      ['大气压力', '50.0', '106.0', 'kPa'],
    ];
    return {
      index,
      base: values,
      form,
      system,
      prefix: foreign ? dice.pick([8, 40, 49, 50, 36]) : 69,
      registrant: holderNumber,
      useUnits,
      otherRegisteredDi: has('otherRegisteredDi') && has('agreesFilled'),
      directMarkDiffers: has('directMark') && has('directMarkDiffers'),
      articleNumber: has('articleNumber'),
      insurance: has('insuranceCode')
        ? `C${String(1 + dice.below(18)).padStart(2, '0')}${String(dice.next()).padStart(10, '0')}${String(dice.below(10_000_000)).padStart(7, '0')}`
        : '',
      approvedDay: Math.max(FIRST_DAY, dayNumber(`${year}-01-01`) + dice.below(300)),
      levels: has('packages')
        ? words.PACKAGE_UNITS.slice(0, dice.pick([1, 1, 1, 1, 1, 1, 2, 2, 2, 3])).map((unit, level) => ({
            unit: level === 0 ? unit : dice.chance(0.5) ? '箱' : unit,
            quantity: dice.pick([2, 4, 5, 10, 12, 20, 24, 30, 50, 100]),
          }))
        : [],
      storage: has('storageRows') ? storageRows.slice(0, 1 + dice.below(3)) : [],
      contact: has('contact') ? [holder.contact] : [],
      clinical: has('clinicalRows'),
      modelStyle: population.names[index] === LENS_NAME ? 0 : reagent ? 3 : 1 + dice.below(2),
      modelHead:
        String.fromCharCode(65 + dice.below(26), 65 + dice.below(26)) +
        (dice.chance(0.3) ? String(dice.below(90)) : ''),
    };
  };

  const kept = new Map<number, Product>();
  return (index) => {
    const known = kept.get(index);
    if (known) return known;
    const product = build(index);
    if (kept.size >= 4096) kept.clear();
    kept.set(index, product);
    return product;
  };
}
