import type { Catalogue } from '../../i18n/text.ts';

export const about = {
  title: ['关于械档', 'About Xiedang'],
  what: [
    '械档为每件医疗器械建一份档案，为每家企业建一份档案。档案中的每个值都能回到某一天，并说明它出自哪个文件的哪一处、我们何时知道。来源没有写明的，械档回答“无法判定”并说明缺什么，不作推测。',
    'Xiedang keeps one file for every medical device and one for every enterprise. Each value can be read as of any day and names the file and place it came from and when it became known. Where a source is silent, Xiedang answers “not determinable” and says what is missing; it does not guess.',
  ],
  notLaw: [
    '械档整理公开数据，不代替注册证、备案凭证和主管部门的决定。',
    'Xiedang arranges public data; it does not replace certificates or the decisions of authorities.',
  ],
  version: ['版本', 'Version'],
  store: ['存储', 'Store'],
  startedAt: ['启动于', 'Started'],
  interfaces: ['接口与文件', 'Interfaces and files'],
  apiDocs: ['接口文档', 'API documentation'],
  openapi: ['OpenAPI 描述', 'OpenAPI description'],
  apiNote: [
    '页面、接口和下载文件出自同一查询，数目相同。',
    'Pages, API and downloaded files come from one query and give the same counts.',
  ],
  keyboard: ['键盘', 'Keyboard'],
  keyboardNote: [
    '按 ? 查看全部按键；/ 查找，j k 上下行，Enter 打开，t 回到今天。所有功能都可以用键盘完成。',
    'Press ? for all keys; / searches, j k move between rows, Enter opens, t returns to today. Everything works by keyboard.',
  ],
  data: ['数据与致谢', 'Data and credits'],
  dataNote: ['各来源的许可与地址见“来源”。', 'Licences and addresses of all sources stand under Sources.'],
  gudid: [
    '美国食品药品监督管理局，openFDA 与 AccessGUDID 的设备标识数据，CC0 1.0。',
    'US Food and Drug Administration, device identifiers of openFDA and AccessGUDID, CC0 1.0.',
  ],
  eudamed: ['欧盟委员会，EUDAMED 公开数据。', 'European Commission, public data of EUDAMED.'],
  nmpa: [
    '国家药品监督管理局，医疗器械唯一标识数据库公开发布的数据。',
    'National Medical Products Administration of China, published data of the UDI database.',
  ],
  gs1: [
    'GS1 AISBL，GS1 Barcode Syntax Dictionary，Apache-2.0。',
    'GS1 AISBL, GS1 Barcode Syntax Dictionary, Apache-2.0.',
  ],
  rasaas: [
    'RASAAS，医疗器械分类目录整理数据，CC BY 4.0，© 2026 RASAAS。',
    'RASAAS, arranged data of the Chinese device classification catalogue, CC BY 4.0, © 2026 RASAAS.',
  ],
  software: ['软件', 'Software'],
  licence: ['械档以 Apache-2.0 许可发布。', 'Xiedang is published under Apache-2.0.'],
  libraries: [
    '使用 React、Ant Design、TanStack Query、React Router、ZXing、ExcelJS 等开源软件，各按其许可。',
    'It uses React, Ant Design, TanStack Query, React Router, ZXing, ExcelJS and other open-source software under their licences.',
  ],
  sourcesLink: ['来源', 'Sources'],
} as const satisfies Catalogue;
