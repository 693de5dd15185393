/**
 * Who can be bound: persons, enterprises, bodies, offices. The name must end with one of these words; a thing (产品, 记录,
 * 说明书, 电气安全) binds nobody.
 */
const ACTOR_END =
  '管理层|(?<!机器|成|老|病|他|每)人|(?<![两前后二三再或患记])者|(?<!地|处|对|配|立|药|平|多)方|单位|企业|公司|集团|(?<!结)机构|部门|药监局|(?<![布格结])局|(?<=[省市县区国])[\\u4e00-\\u9fff]{0,8}(?:厅|委|部)|委员会|管委会|协会|学会|委|总署|法院|检察院|医院|研究院|检验院|检定院|(?:审评|核查|检查|查验|采购|交易|服务|评价|监测|检验|管理|临床试验)中心|医疗中心|人员|检查员|审评员|审查员|检验员|专员|负责人|经销商|供应商|制造商|代理商|开发商|生产厂|制造厂|厂家|厂商|商家|平台经营者|政府|国务院|检查组|专家组|工作组|领导小组|工作专班|研究所|检验所|监管所|实验室|办公室|医师|药师|医生|护士|专家|学校|高校|院校|代表|负责同志|各省|各市|各地|各区|各级|各市州|各区县|各市县|各县区|各盟市|各州市|我(?:局|委|厅|司|中心|院)|[医药]保中心|分局|医院|个人';
const WHOLE = new RegExp(`(?:${ACTOR_END})(?:等|们|双方|各方|自身|本身)?$`);
/** What may follow an actor that stands at the head of a clause: a preposition or a verb of its own. */
const ACTS =
  '对|在|于|按|依|根据|通过|向|从|自(?!动)|就|将|把|以|与|每|首次|如|若|未|拟|已|因|经(?!营|验|济)|可|利用|采用|接受|提出|提供虚假|伪造|隐瞒|虚报|弄虚作假|逾期|违反|拒不|完成|获得|建立|实施|出现|处理|转让|停止|终止|认为|参与|选择|应用|发现|销售|贮存|委托|申请|提交|开展|进行|收到|接到|办理|取得|变更|设计|需|应|不|及时|定期|作为|属于|遇|进口(?!产品)|生产(?!地|范围|许可|条件|日期|批|过程|工艺|企业|设备)|经营(?!地|范围|许可|条件|场|方式|企业)|使用(?!说明|期限|单位|者|人|环境|年限|情况)|运输|是|为|具备|具有|负责|所在地以外|之间|发布|作出|实行|组织|监督|指导|配合|会同|必要时|同时|有权|由于|除|明确|约定|共同|确认|制定|决定|自行';
const HEAD = new RegExp(`^([^,。;:※]{0,36}?(?:${ACTOR_END})(?:等)?)(?=${ACTS})`);

const NUMBER =
  /^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|第[一二三四五六七八九十百零〇\d]+[章节条款项]|\d+(?:\.\d+)+[.、]?|\d+[.、)]|[①-⑳]|[a-zA-Z][.)]|[-—•·●★▲※]+)\s*/;
const LEADING =
  /^(?:但是|但|则|而且|而|并且|并|且|同时|因此|此外|另外|其中|例如|首先|其次|最后|然后|此时|为此|对此|故|那么|必要时|一般|通常|一是|二是|三是|四是|五是|原则上|要求|督促|指导|责令|通知|告知|确保|保证|规定|明确|约定|由(?!于)|经(?!营|销|办|济)|以及|或者|凡|各类|所有)(?=\S{2})/;
const TRAILING =
  /(?:均|都|还|也|并|且|同时|则|及时|依法|严格|一般|通常|至少|首先|每年度?|每月|每季度|每半年|每日|定期|另|仍|即|亦|只|必要时|分别|共同|全面|主动|切实|认真|积极|原则上|另外|此外|就|又|再|必要时|立即|随时|持续|逐一|统一|如实|自行|不|至)$/;
/** The time or case before a subject: 试验结束后申请人. */
const WHEN = /^[^,]*?(?:之日起|期间|过程中|情况下|结束后|完成后|\d年内|时|日起|日前|内)(?=[\u4e00-\u9fff])/;
const PREPOSITION =
  /^(?:※|本(?![局委厅院省市县区]|单位|企业|公司|中心|行政)|无论|不论|对于?|在|为了?|当|如果?|若|因|按照?|根据|依据|自|从|除|关于|针对|至少|通过|经(?!营|销|办|济)|涉及|其(?!他))(?![人方])/;

/** A clause without its numbering, connectives and closing adverbs. */
function plainClause(clause: string): string {
  let words = clause.trim();
  for (let i = 0; i < 4; i++) {
    const shorter = words.replace(NUMBER, '').replace(LEADING, '').trim();
    if (shorter === words) break;
    words = shorter;
  }
  for (let i = 0; i < 4; i++) {
    const shorter = words.replace(TRAILING, '');
    if (shorter === words || shorter.length < 2) break;
    words = shorter;
  }
  return words;
}

const isName = (words: string): boolean =>
  words.length >= 2 && words.length <= 40 && WHOLE.test(words) && !/应当|必须|不得/.test(words);

/** The actor a clause ends with, right before the modal, or the one it begins with. */
export function actorOfClause(clause: string): string | null {
  const words = plainClause(clause.slice(-120));
  if (words.length < 2) return null;
  if (!PREPOSITION.test(words) && isName(words)) {
    const when = WHEN.exec(words)?.[0] ?? '';
    const rest = words.slice(when.length);
    return when && isName(rest) && /[时内起中下后]$/.test(when) ? rest : words;
  }
  const head = headActor(words);
  if (head) return head;
  if (PREPOSITION.test(words)) {
    const when = WHEN.exec(words)?.[0] ?? '';
    const rest = plainClause(words.slice(when.length));
    if (when && isName(rest)) return rest;
  }
  return null;
}

/** The actor at the head of a clause that goes on with a verb or a preposition: 注册人发现…, 使用单位对…. */
export function headActor(clause: string): string | null {
  const words = plainClause(clause.slice(0, 120));
  if (PREPOSITION.test(words)) return null;
  const head = HEAD.exec(words)?.[1];
  return head && head.length >= 2 && !/[《“]|应当|必须|不得/.test(head) ? head : null;
}

const AGENT = new RegExp(`^由((?:[^,。;:]{0,30}?)(?:${ACTOR_END}))(?![\\u4e00-\\u9fff]{0,1}的)`);

/** 应由申请人提供: the one who is to act stands behind the modal. */
export function agentAfter(words: string): string | null {
  return AGENT.exec(words)?.[1] ?? null;
}

const AUTHORITY = /(?:局|委|厅|部门|政府|中心|法院|检察院|国务院|审评机构|采购机构|经办机构|检查组|分局|国家)$/;

/** Bodies that supervise: what a thing must be is not their duty. */
export function isAuthority(actor: string): boolean {
  return AUTHORITY.test(actor);
}
