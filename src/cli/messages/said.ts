/**
 * What a fault found and expected, in Chinese. Faults carry English, which programs and logs read; what people meet at a
 * start, in flow files and in commands is said here again, by its form. A text of no known form stays as it is: half a
 * fault in English helps more than none. `tests/cli/said.test.ts` holds all settings and all options of flows to it.
 */
export function inChinese(text: string): string {
  for (const [form, say] of forms) {
    const found = form.exec(text)
    if (found) return say(...found.slice(1).map(part => part ?? ''))
  }
  return text
}

type Form = readonly [RegExp, (...parts: string[]) => string]

const is = (english: string, chinese: string): Form => [new RegExp(`^${escaped(english)}$`), () => chinese]
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const listed = (words: string) => words.split(/, | or | and /).join('、')

const bounds: Readonly<Record<string, string>> = {
  exactly: '正好',
  'at most': '最多',
  'at least': '至少',
  'less than': '小于',
  'more than': '大于',
}

/** Whatever form they are of, as the longer contain the shorter. */
const general: readonly Form[] = [
  [/^one of (.+); did you mean "(.+)"\?$/, (words, meant) => `${listed(words)} 之一；是不是“${meant}”？`],
  [/^one of (.+)$/, words => `${listed(words)} 之一`],
  is('nothing here', '这里什么都不写'),
  is('nothing', '空'),
  is('a value that does not fit', '不合格的值（不显示）'),
  is('a field that is not known here', '这里没有的字段'),
  is('none of this name', '没有这个名字的字段'),
  is('a list', '一个列表'),
  is('an empty map', '空的内容'),
  [/^a map of (.+)$/, keys => `含 ${listed(keys)} 的内容`],
  is('an object with nothing in it', '空的对象'),
  [/^an object with (.+)$/, keys => `含 ${listed(keys)} 的对象`],
  [/^no ("[^"]+"|`[^`]+`)$/, what => `没有 ${what}`],
  [/^(".+") again$/, what => `又一个 ${what}`],
  is('true or false', 'true 或 false'),
  is('one line, without control characters', '一行，不含控制字符'),
  [/^a whole number from (\d+) to (\d+)$/, (least, most) => `${least} 到 ${most} 的整数`],
  is('text', '文字'),
  is('a number', '数字'),
  is('an object', '一个对象（{ … }）'),
  is('another value', '别的值'),
  is('one of the shapes that it may have', '它可以有的几种形式之一'),
  [/^(exactly|at most|at least) (\d+) entries$/, (word, count) => `${bounds[word]} ${count} 项`],
  [
    /^(exactly|at most|at least|less than|more than) (-?[\d.]+)( characters)?$/,
    (word, limit, characters) => `${bounds[word]} ${limit}${characters ? ' 个字符' : ''}`,
  ],
  [/^a multiple of (.+)$/, divisor => `${divisor} 的倍数`],
  [/^text of the form (.+)$/, form => `符合 ${form} 的文字`],
  [/^text in the format (.+)$/, format => `${format} 格式的文字`],
]

const settings: readonly Form[] = [
  is(
    'a whole number from 0 to 600, or none, so that only the agent ends it',
    '0 到 600 的整数；或 none，只由话务员结束',
  ),
  is('32 bytes in base64url', '32 字节，base64url 编码'),
  is('AC and 32 hexadecimal digits', 'AC 加 32 位十六进制数字'),
  is('IP addresses or networks, as 10.0.0.0/8, between commas', 'IP 地址或网段，如 10.0.0.0/8，用逗号分开'),
  is('a SIP URI of the trunk, as sip:trunk.example:5060', '中继的 SIP 地址，如 sip:trunk.example:5060'),
  is('a number of the account in E.164, as +8613800138000', '账户的号码，E.164 格式，如 +8613800138000'),
  is('a port from 0 to 65535 (0: any free one)', '0 到 65535 的端口（0：任意空闲端口）'),
  is('a telephone number of 3 to 15 digits', '3 到 15 位的电话号码'),
  is('telephone numbers of 3 to 15 digits, between commas', '3 到 15 位的电话号码，用逗号分开'),
  is(
    'addresses, networks and names between commas, as 10.0.0.0/8,sbc.example',
    '地址、网段或主机名，用逗号分开，如 10.0.0.0/8,sbc.example',
  ),
  is('an IP address', 'IP 地址'),
  is('at least 24 characters, without spaces', '至少 24 个字符，不含空格'),
  is('beginnings of E.164 numbers between commas, as +8529', 'E.164 号码的开头，用逗号分开，如 +8529'),
  is('countries of two letters between commas, as CN,HK', '两个字母的国家或地区代码，用逗号分开，如 CN,HK'),
  is('each number once', '每个号码只写一次'),
  is('every or workdays', 'every（每天）或 workdays（工作日）'),
  is(
    'numbers with their flows between commas, as 12347=after-hours',
    '号码和它的流程，用逗号分开，如 12347=after-hours',
  ),
  is('numbers with their names between commas, as 110=公安', '号码和它的名称，用逗号分开，如 110=公安'),
  is('hours such as 09:00-20:00, the first before the last', '时段，如 09:00-20:00，先早后晚'),
  [
    /^pairs between commas, as hotline-seats=seat, each of (.+)$/,
    roles => `成对的值，用逗号分开，如 hotline-seats=seat；右边是 ${listed(roles)} 之一`,
  ],
  [/^a URL that begins with (.+)$/, schemes => `以 ${listed(schemes)} 开头的网址`],
  is('seconds, and skills with their own, as 60,sign=300', '秒数；技能可另写自己的秒数，如 60,sign=300'),
  is('an issuer alone', '只写了 issuer'),
  is(
    'OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, as the provider gave them',
    '统一登录方给的 OIDC_CLIENT_ID 和 OIDC_CLIENT_SECRET',
  ),
  [/^(\d+) to (\d+)$/, (from, to) => `${from} 到 ${to}`],
  is('a range of at least four ports: two a call leg', '至少四个端口的范围：每条通话腿用两个'),
  is(
    'both or neither: the account that dials, and its number that phones show',
    '两个都写或都不写：外呼的账户，和它显示的号码',
  ),
  is(
    'the address that Twilio was given, since its signatures cover it',
    '告诉 Twilio 的那个地址：它的签名包含这个地址',
  ),
  is('the folder of the model that sherpa is to use', 'sherpa 所用模型的文件夹'),
  is('the secret of the server that DRACHTIO_URL names', 'DRACHTIO_URL 那台服务器的密钥'),
  is('the token of the account that TWILIO_ACCOUNT_SID names', 'TWILIO_ACCOUNT_SID 那个账户的令牌'),
]

const starting: readonly Form[] = [
  [/^port (\d+) in use by another program$/, port => `端口 ${port} 已被别的程序占用`],
  [/^port (\d+), which this user may not open$/, port => `端口 ${port}，当前用户无权使用`],
  is(
    'a free port: end that program, or set HTTP_PORT to another',
    '空闲的端口：结束那个程序，或把 HTTP_PORT 换一个',
  ),
  is('a port from 1024 on', '1024 以上的端口'),
  is('an address of this machine', '本机的地址'),
  is('another Jieting process at work in this directory', '另一个 Jieting 进程正在用这个文件夹'),
  is('a directory that can be made and written', '能创建并写入的文件夹'),
  is('a server that is not the hotline', '不是热线的服务器'),
  is(
    'the hotline: set HTTP_PORT or JIETING_URL to where it is',
    '热线：把 HTTP_PORT 或 JIETING_URL 设成它的地址',
  ),
  is('no JSON', '不是 JSON'),
  is('no such route', '没有这个地址'),
  [
    /^another route, as (.+); all are described at \/docs$/,
    routes => `另一个地址，如 ${listed(routes)}；全部见 /docs`,
  ],
  [/^(\d+) bytes$/, bytes => `${bytes} 字节`],
  [/^at most (\d+) bytes$/, bytes => `最多 ${bytes} 字节`],
  is('a person', '一个人'),
  [/^neither (.+) on PATH$/, players => `PATH 里没有 ${players.split(' nor ').join('，也没有 ')}`],
  is('SoX (play) or alsa-utils (aplay)', 'SoX（play）或 alsa-utils（aplay）'),
]

const files: readonly Form[] = [
  [/^each id once; the first is at (.+)$/, place => `每个 id 只写一次；第一个在 ${place}`],
  is('a unit of units.json', 'units.json 里的单位'),
  is('lower-case letters, digits and hyphens', '小写字母、数字和横线'),
  is('what is no JSON', '不是 JSON'),
  is('JSON', 'JSON'),
  is('a JSON file', '一个 JSON 文件'),
  [/^no file that can be read \((\w+)\)$/, reason => `读不到文件（${reason}）`],
]

const commands: readonly Form[] = [
  [/^nobody who answers \((.+)\)$/, reason => `没有应答（${reason}）`],
  is(
    'the hotline: start it with `npm start` or `jieting start`, or set HTTP_PORT or JIETING_URL to where it is',
    '热线：用 `npm start` 或 `jieting start` 启动，或把 HTTP_PORT 或 JIETING_URL 设成它的地址',
  ),
  [/^no call (\S+)$/, call => `没有通话 ${call}`],
  is('the id of a call, as GET /api/calls lists them', '通话编号，见 jieting calls'),
  is('the name of a seat', '坐席的名字'),
  is('a day, as 2026-01-05', '日期，如 2026-01-05'),
  is('the tag of a language, such as yue', '语言代码，如 yue'),
  [/^(".+"), which somebody has$/, name => `${name}，已有人用`],
  is('a new name', '新的名字'),
  is('the name of a member who signs in with a password', '用密码登录的人员的名字'),
  is('no unit', '没有承办单位'),
  is('a unit', '写了承办单位'),
  is('the unit whose orders they work on', '他们办理哪个单位的工单'),
  [/^none, for role (.+)$/, role => `角色 ${role} 不写承办单位`],
  [
    /^a unit of units\.json, by its id or name; the nearest: (.+)$/,
    units => `units.json 里的单位，写代码或名称；最接近的：${listed(units)}`,
  ],
  is(
    'some words that do not belong together, or what a password manager makes',
    '几个互不相干的词，或密码管理器生成的密码',
  ),
  is('few characters over and over', '翻来覆去只有几个字符'),
  is('the same over and over', '同样的内容重复'),
  is('keys or figures in their order', '按顺序的键或数字'),
  is('the name, and little else', '只有用户名，没有多少别的'),
  is('a word that everybody takes', '人人都用的词'),
  is('those of somebody who works here', '本单位人员的用户名和密码'),
  is('a name and a password that do not go together', '用户名和密码不符'),
  is('a half-hour, as 08:30', '半小时的起点，如 08:30'),
  is('a time such as "2026-02-17 03:00"', '时间，如 "2026-02-17 03:00"'),
  is('a share of the calls, as 5% or 0.05', '来电的比例，如 5% 或 0.05'),
  is(
    'a telephone number of 3 to 15 digits, as +8613800138000 or 12345',
    '3 到 15 位的电话号码，如 +8613800138000 或 12345',
  ),
  is('the name of a flow, as its file has it without .yaml', '流程的名字，即文件名去掉 .yaml'),
  is(
    '1 to 32 letters, digits, dots, dashes or underscores, the first a letter or digit',
    '1 到 32 个字母、数字、点、横线或下划线，以字母或数字开头',
  ),
]

const flows: readonly Form[] = [
  is('YAML', 'YAML 格式'),
  [/^a second flow named (".+")$/, flow => `第二个名为 ${flow} 的流程`],
  is('each name once', '每个名字只用一次'),
  [/^(".+"), a ([a-z-]+)$/, (state, verb) => `${state}（${verb}）`],
  is('a state that is a queue', '一个排队（queue）的步骤'),
  [/^(\S+) again$/, language => `又一个 ${language}`],
  [
    /^each language once; (.+) stand in the flows themselves$/,
    own => `每种语言一个文件；${listed(own)} 写在流程里`,
  ],
  [/^exactly one verb: (.+)$/, verbs => `只用一个动词：${listed(verbs)}`],
  [/^no words of flow (".+")$/, flow => `没有流程 ${flow} 的话`],
  [/^all that it says, in (.+)$/, language => `它说的每一句，用 ${language}`],
  is('no such words, as the flow says none', '不写：流程里没有这句话'),
  [/^a value that the flow collects: (.*)$/, values => `流程收集的值：${listed(values) || '没有'}`],
  [/^a key that is free: (.*)$/, keys => `没有用过的键：${listed(keys)}`],
  [/^at least (\d+) and at most (\d+)$/, (least, most) => `至少 ${least}、最多 ${most}`],
  is('a min that is not above the max', 'min 不大于 max'),
  is(
    'a sentence without {wait} too: there is not always an estimate',
    '另有一句不带 {wait}：不是每次都有估计',
  ),
  is('`else`: where it leads when nothing can be kept', '`else`：记不下来时去哪里'),
  is('`promise: callback`, which alone can fail', '`promise: callback`：只有它会失败'),
  [/^a way round by itself: (.+)$/, way => `会一直自己转圈：${way}`],
  is('something that ends it, or asks the caller', '有结束的地方，或向来电人提问'),
  [/^(".+") promises a callback that nobody owes$/, state => `${state} 答应回电，却没有人欠这个回电`],
  is(
    '`promise: callback` in it or before it on every way, or words that promise none',
    '本步骤或之前每条路上有 `promise: callback`，或话里不要答应',
  ),
  [/^a hang-up from (".+")$/, state => `从 ${state} 直接挂断`],
  is('the verb hangup, which says why', '用 hangup，并说明原因'),
  [/^silence that leads to (".+")$/, state => `不出声会走到 ${state}`],
  [
    /^an end at (".+") without (.+)$/,
    (state, values) => `在 ${state} 结束，却没有收集 ${values.split(' and ').join('、')}`,
  ],
  is('all that is asked for to be collected on every way there', '到那里的每条路都收集到所要的值'),
  is('1 to 32 digits', '1 到 32 位数字'),
  is('100 to 260 syllables a minute', '每分钟 100 到 260 个音节'),
  is('3 to 15 digits', '3 到 15 位数字'),
  is('a flow: flow, audience, states and so on', '一个流程：flow、audience、states 等'),
  is('a key from 1 to 9, * or #; 0 is a person always', '1 到 9、* 或 # 键；0 总是转人工'),
  is('a key from 6 to 9, * or #', '6 到 9、* 或 # 键'),
  is('the tag of a language, such as zh-CN or yue', '语言代码，如 zh-CN 或 yue'),
  is('a language such as en', '语言，如 en'),
  is('a length of time such as 500ms, 10s or 2min', '时长，如 500ms、10s 或 2min'),
  is('a list of { when: …, go: … }', '由 { when: …, go: … } 组成的列表'),
  is('a name of small letters, digits and hyphens', '小写字母、数字和横线组成的名字'),
  is('a name', '名字'),
  is('a number in quotes', '加引号的号码'),
  is('a whole number of syllables a minute', '每分钟音节数，整数'),
  is('a whole number', '整数'),
  is('digits from 1 to 9: 0 as the first key is a person', '1 到 9 的数字：第一个键是 0 就转人工'),
  is('digits in quotes', '加引号的数字'),
  is('five words, from 1 to 5', '五个词，从 1 到 5'),
  is('general or elder', 'general 或 elder'),
  is('hours such as 08:00-20:00', '时段，如 08:00-20:00'),
  is('how many digits', '几位数字'),
  is('how many digits, as 11 or { min: 6, max: 8 }', '几位数字，如 11 或 { min: 6, max: 8 }'),
  is('languages by key, as { 1: zh-CN, 2: en }', '每个键的语言，如 { 1: zh-CN, 2: en }'),
  is('luhn or damm', 'luhn 或 damm'),
  is('one verb with its options', '一个动词和它的选项'),
  is('prompts by status, as { handling: …, closed: … }', '每种状态的话，如 { handling: …, closed: … }'),
  is('states by name', '按名字列出的步骤'),
  is(
    'states by the keys 1 to 9, * and #, as { 1: …, 2: … }; 0 is a person always',
    '1 到 9、*、# 各键去的步骤，如 { 1: …, 2: … }；0 总是转人工',
  ),
  is('text in quotes', '加引号的文字'),
  is('the name of a state', '步骤的名字'),
  is('values by key, as { 1: "yes", 2: "no" }', '每个键的值，如 { 1: "yes", 2: "no" }'),
  is('words in each language, as { zh-CN: …, en: … }', '每种语言的话，如 { zh-CN: …, en: … }'),
  is('words to say', '要说的话'),
]

/** Last of all: many a form has an `or` of its own. */
const eitherOf: Form = [/^(.+?) or (.+)$/, (one, other) => `${inChinese(one)}，或者${inChinese(other)}`]

const forms: readonly Form[] = [
  ...settings,
  ...starting,
  ...files,
  ...commands,
  ...flows,
  ...general,
  eitherOf,
]
