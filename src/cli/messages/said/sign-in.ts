import { type Form, is, listed } from './form.ts'

/** Sign-in, one's own account, and who may be signed in for how long. */
export const signIns: readonly Form[] = [
  [
    /^pairs between commas, as admin=30, each of (.+) and minutes from 1 to 1440$/,
    roles => `成对的值，用逗号分开，如 admin=30；左边是 ${listed(roles)} 之一，右边是 1 到 1440 分钟`,
  ],
  is('the id of a session', '登录的编号'),
  is('the id of a session that is open', '还有效的登录的编号'),
  is('a password that somebody else has set', '别人设的密码'),
  is(
    'one of your own, chosen at /account or by POST /api/account/password',
    '自己的密码，在 /account 页或用 POST /api/account/password 设置',
  ),
  [/^roles between commas, each of (.+)$/, roles => `角色，用逗号分开，每个是 ${listed(roles)} 之一`],
  is('what you call it', '您给它起的名称'),
  is('a code', '验证码'),
  is('the id of a second factor', '第二步验证的编号'),
  is('the password alone', '只有密码'),
  is('the second step of the sign-in, by POST /session/second', '登录的第二步，用 POST /session/second'),
  is('a role that needs a second factor, and none', '角色须有第二步验证，而没有添加'),
  is('to add one at /account', '在 /account 页添加'),
  is('nobody who has given their password', '还没有输入密码'),
  is('to begin with it, by POST /session', '先用 POST /session 输入密码'),
  is('what another session key has sealed', '由另一把密钥封存的内容'),
  is(
    'the SESSION_KEY of that time, a recovery code, or an administrator who removes it',
    '当时的 SESSION_KEY，或恢复码，或请管理员移除',
  ),
  is('no passkey of this member', '不是本人的通行密钥'),
  [/^what does not hold \((.+)\)$/, why => `不成立的应答（${why}）`],
  is('the answer of a browser to what it was asked a moment ago', '浏览器对刚才所问的应答'),
  is('one person alone, or the member themselves', '只有一人，或是本人'),
  is('another administrator, within a day of the first', '另一位管理员，在第一位申请后一天内'),
  is(
    'a URL that begins with https://, or with http:// on this machine',
    '以 https:// 开头的网址，或本机的 http:// 网址',
  ),
  is('a server without a key', '有服务器而没有密钥'),
  is('ALARM_KEY, which that server holds, too', 'ALARM_KEY，与那台服务器相同'),
  is('another password', '另一个密码'),
  is('the one that is good now', '现在的密码'),
  is('the password that is good now', '现在的密码'),
  is('another one', '另一个'),
  is('somebody who signs in at the city’s own provider', '用统一身份认证登录的人'),
  is('to change it there', '在那里修改'),
]
