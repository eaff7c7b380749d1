import { say } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

/** Every word of the page. */
export const words = {
  title: { 'zh-CN': '账户', en: 'My account' },
  asking: both('正在打开……', 'Opening …'),
  password: both('我的密码', 'My password'),
  changed: both('密码已修改，其他地方的登录已结束', 'Changed; your sessions elsewhere have ended'),
  elsewhere: both(
    '您用统一身份认证登录，密码在那里修改。',
    'You sign in with the city’s account: the password is changed there.',
  ),
  second: both('第二步验证', 'Second step'),
  removeFactors: both('移除其第二步验证（设备丢失）', 'Remove their second step (lost device)'),
  removal: {
    asked: both(
      '已申请，须由另一位管理员在一天内同意',
      'Asked for: another administrator has to agree within a day',
    ),
    removed: both('已移除，其登录已结束', 'Removed; their sessions have ended'),
  },
  mySessions: both('我的登录', 'Where I am signed in'),
  none: both('现在没有登录', 'Signed in nowhere'),
  unknownDevice: both('未知设备', 'Unknown device'),
  here: both('就是这里', 'here'),
  since: (at: string) => both(`${at} 登录`, `since ${at}`),
  used: (at: string) => both(`最近使用 ${at}`, `last used ${at}`),
  end: both('结束', 'End'),
  endOne: (device: string, at: string) => both(`结束 ${device} ${at} 的登录`, `End ${device}, since ${at}`),
  endOthers: both('结束其他所有登录', 'End all others'),
  members: both('工作人员的登录', 'Where members are signed in'),
  member: both('工作人员', 'Member'),
  choose: both('请选择', 'Choose'),
  endAll: both('全部结束', 'End all'),
}
