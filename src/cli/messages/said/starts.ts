import { coded, type Form, is, listed } from './form.ts'

export const settings: readonly Form[] = [
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

export const starting: readonly Form[] = [
  [/^port (\d+) in use by another program$/, port => `端口 ${port} 已被别的程序占用`],
  [/^port (\d+), which this user may not open$/, port => `端口 ${port}，当前用户无权使用`],
  [
    /^a free port: end that program, or set (\w+) to another$/,
    setting => `空闲的端口：结束那个程序，或把 ${setting} 换一个`,
  ],
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
  [/^neither (.+) on PATH$/, players => `PATH 里没有 ${players.split(' nor ').join('，也没有 ')}`],
  is('SoX (play) or alsa-utils (aplay)', 'SoX（play）或 alsa-utils（aplay）'),
]

export const files: readonly Form[] = [
  [/^each id once; the first is at (.+)$/, place => `每个 id 只写一次；第一个在 ${place}`],
  is('a unit of units.json', 'units.json 里的单位'),
  is('lower-case letters, digits and hyphens', '小写字母、数字和横线'),
  is('what is no JSON', '不是 JSON'),
  is('JSON', 'JSON'),
  is('a JSON file', '一个 JSON 文件'),
  [/^no file that can be read \((\w+)\)$/, reason => `读不到文件（${reason}）`],
]

/** Why the database cannot be asked. */
export const databases: readonly Form[] = [
  coded('its disk is full', '磁盘已满'),
  is('free space on the disk of the database', '数据库所在磁盘有空间'),
  coded('it is out of memory', '内存不足'),
  is('memory for the database', '给数据库更多内存'),
  coded('it has no connection left', '连接数已用完'),
  is(
    'a higher max_connections, or fewer programs on the database',
    '调高 max_connections，或减少连数据库的程序',
  ),
  coded('it is at one of its limits', '到了某个上限'),
  is('a database with room to work in', '有余量的数据库'),
  coded('it only reads: a standby, or a failover', '只读：备库，或正在切换'),
  is('the primary, in DATABASE_URL', 'DATABASE_URL 写主库'),
  coded('it does not take our user and password', '不接受我们的用户名和密码'),
  is('the right user and password in DATABASE_URL', 'DATABASE_URL 写对用户名和密码'),
  coded('it has no database of that name', '没有这个名字的数据库'),
  is('the name of an existing database in DATABASE_URL', 'DATABASE_URL 写已有的数据库名'),
  coded('it is broken: its files, or the disk under them', '已损坏：文件或磁盘出了问题'),
  is('the log of the database, and a copy to restore', '查看数据库日志，并准备恢复备份'),
  coded('no connection', '没有连接'),
  is('a database that can be reached', '连得上的数据库'),
  is('a statement that its tables accept', '表能接受的语句'),
]
