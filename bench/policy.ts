/**
 * How fast notices are read: megabytes of UTF-8 a second through structure extraction, on invented notices repeated to
 * the wanted size, and on one long text of 20 MB. Prints one JSON object.
 *
 *   node --import tsx bench/policy.ts [megabytes]
 */
import { parsePolicy } from '../src/domains/policy/index.ts';

const notice = (n: number): string => `某省药品监督管理局关于加强第${n}批医疗器械监督检查工作的通知
某药监械〔2025〕${n}号

各市市场监督管理局:
为贯彻落实《医疗器械监督管理条例》(国务院令第739号),根据《医疗器械生产监督管理办法》有关规定,现就有关事项通知如下:
一、全面开展自查。企业应当于2025年10月31日前完成自查,并将自查报告报送所在地药品监督管理部门,抽查比例不低于20%。
二、加强现场检查。各市局应当组织不少于5个检查组,对辖区内30家企业开展检查,发现问题的,20个工作日内完成整改。
(一)突出重点品种。无菌和植入性医疗器械生产企业必须全部检查。(责任单位:省药监局、省卫生健康委)
(二)严格依法处理。违反规定的,按照《医疗器械监督管理条例》第八十六条处理,最高给予100万元罚款。
联系电话:0591-87654321,电子邮箱:device@example.gov.cn
附件:1.检查要点 2.统计表
某省药品监督管理局
2025年9月${(n % 28) + 1}日
`;

const megabytes = Number(process.argv[2] ?? 12);
const rows: string[] = [];
let bytes = 0;
for (let n = 1; bytes < megabytes * 1e6; n++) {
  // some are short, some carry many points
  const text =
    notice(n) +
    `三、其他要求。${'各单位要认真组织学习,确保各项要求落实到位,有关情况及时报告。'.repeat(n % 60)}\n`.repeat(n % 5);
  rows.push(text);
  bytes += Buffer.byteLength(text);
}
for (const text of rows.slice(0, 100)) parsePolicy(text);
const started = process.cpuUsage();
const clock = performance.now();
let documents = 0;
for (const text of rows) documents += parsePolicy(text).documents.length;
const used = process.cpuUsage(started);
const seconds = (performance.now() - clock) / 1000;
const cpuSeconds = (used.user + used.system) / 1e6;

const long = rows
  .join('\n')
  .repeat(Math.ceil(20e6 / bytes))
  .slice(0, 20e6 / 2.4);
const longClock = performance.now();
parsePolicy(long);
const longSeconds = (performance.now() - longClock) / 1000;

process.stdout.write(
  `${JSON.stringify({
    bench: 'policy',
    notices: rows.length,
    documents,
    megabytes: Number((bytes / 1e6).toFixed(2)),
    mbPerSecond: Number((bytes / 1e6 / seconds).toFixed(2)),
    mbPerCpuSecond: Number((bytes / 1e6 / cpuSeconds).toFixed(2)),
    longMegabytes: Number((Buffer.byteLength(long) / 1e6).toFixed(2)),
    longSeconds: Number(longSeconds.toFixed(2)),
  })}\n`,
);
