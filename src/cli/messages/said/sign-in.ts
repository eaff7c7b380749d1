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
  is('another password', '另一个密码'),
  is('the one that is good now', '现在的密码'),
  is('the password that is good now', '现在的密码'),
  is('another one', '另一个'),
  is('somebody who signs in at the city’s own provider', '用统一身份认证登录的人'),
  is('to change it there', '在那里修改'),
]
