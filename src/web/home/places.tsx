import { say, type Words } from '../language.ts'

/** Where operations have a port of their own, their pages are not here. */
const isApart = document.documentElement.dataset.operations === 'apart'
const ofOperations: readonly string[] = ['/docs']

const places: readonly { readonly href: string; readonly name: Words; readonly what: Words }[] = [
  {
    href: '/phone',
    name: { 'zh-CN': '网页电话', en: 'Web phone' },
    what: { 'zh-CN': '用浏览器拨打 12345', en: 'Ring 12345 from the browser' },
  },
  {
    href: '/c',
    name: { 'zh-CN': '通话字幕', en: 'Call captions' },
    what: {
      'zh-CN': '输入电话里念的字幕码，看对方说的话',
      en: 'Enter the code that was read out, and read the call',
    },
  },
  {
    href: '/seat',
    name: { 'zh-CN': '坐席', en: 'Seat' },
    what: { 'zh-CN': '工作人员接听来电', en: 'Staff take calls' },
  },
  {
    href: '/orders',
    name: { 'zh-CN': '工单', en: 'Orders' },
    what: { 'zh-CN': '承办单位签收、办理、办结', en: 'Units sign, handle and close' },
  },
  {
    href: '/floor',
    name: { 'zh-CN': '话务监控', en: 'Floor' },
    what: { 'zh-CN': '班长看排队、坐席和今天的数字', en: 'Supervisors watch the queue, the seats and today' },
  },
  {
    href: '/incidents',
    name: { 'zh-CN': '突发情况', en: 'Known incidents' },
    what: {
      'zh-CN': '班长发布停水、停电等情况，来电人排队前会听到',
      en: 'Supervisors make known what is wrong; callers hear it before they wait',
    },
  },
  {
    href: '/campaigns',
    name: { 'zh-CN': '回访', en: 'Survey calls' },
    what: { 'zh-CN': '班长看回访的进度和结果', en: 'Supervisors watch survey calls and what came of them' },
  },
  {
    href: '/rates',
    name: { 'zh-CN': '三率', en: 'Rates' },
    what: {
      'zh-CN': '响应率、解决率、满意率，剔除和核验',
      en: 'Response, solved, satisfied; exclusions and their audit',
    },
  },
  {
    href: '/trail',
    name: { 'zh-CN': '审计日志', en: 'Audit trail' },
    what: {
      'zh-CN': '数据保护人员看谁看了、改了什么，涉及谁',
      en: 'Who answers for the protection of data sees who read and changed what, and about whom',
    },
  },
  {
    href: '/persons',
    name: { 'zh-CN': '个人数据', en: 'Personal data' },
    what: {
      'zh-CN': '数据保护人员导出、删除一个人的数据，依法留存，看各类数据保存多久',
      en: 'Who answers for the protection of data exports, forgets and holds one person’s, and sees how long what is kept',
    },
  },
  {
    href: '/plan',
    name: { 'zh-CN': '排班测算', en: 'Staff plan' },
    what: {
      'zh-CN': '各时段需要多少坐席，谁在什么时候在岗',
      en: 'How many agents each half-hour takes, and who was there when',
    },
  },
  {
    href: '/flows',
    name: { 'zh-CN': '流程图', en: 'Flows' },
    what: {
      'zh-CN': '来电走到哪一步，多久能找到人工',
      en: 'Where calls are, and how long it is to a person',
    },
  },
  {
    href: '/account',
    name: { 'zh-CN': '账户', en: 'My account' },
    what: {
      'zh-CN': '改密码，看自己在哪里登录',
      en: 'Change your password, and see where you are signed in',
    },
  },
  {
    href: '/docs',
    name: { 'zh-CN': '接口', en: 'API' },
    what: { 'zh-CN': '系统接口文档', en: 'All that a program can ask' },
  },
]

/** All that there is here, a link each. */
export const Places = () => (
  <ul>
    {places
      .filter(({ href }) => !(isApart && ofOperations.includes(href)))
      .map(({ href, name, what }) => (
        <li key={href}>
          <a href={href}>{say(name)}</a> — {say(what)}
        </li>
      ))}
  </ul>
)
