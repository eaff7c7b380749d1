import type { Role } from '../../http/contract.ts'
import type { Words } from '../language.ts'

/** A page, and whom it is for. */
export type PagePlace = {
  readonly href: string
  readonly for: readonly Role[] | 'citizens' | 'programs'
  readonly name: Words
  readonly what: Words
  /** What is left with a call up would end it: other pages open beside it. */
  readonly holdsACall?: true
}

/** Where operations have a port of their own, what is for programs is not here. */
const isApart = document.documentElement.dataset.operations === 'apart'

const all: readonly PagePlace[] = [
  {
    href: '/work',
    for: ['seat', 'dispatcher', 'unit', 'supervisor', 'auditor'],
    name: { 'zh-CN': '工作台', en: 'My work' },
    what: { 'zh-CN': '等我处理的事，和我用的页面', en: 'What waits for me, and the pages that I use' },
  },
  {
    href: '/phone',
    for: 'citizens',
    name: { 'zh-CN': '网页电话', en: 'Web phone' },
    what: { 'zh-CN': '用浏览器拨打 12345', en: 'Ring 12345 from the browser' },
  },
  {
    href: '/c',
    for: 'citizens',
    name: { 'zh-CN': '通话字幕', en: 'Call captions' },
    what: {
      'zh-CN': '输入电话里念的字幕码，看对方说的话',
      en: 'Enter the code that was read out, and read the call',
    },
  },
  {
    href: '/seat',
    for: ['seat'],
    holdsACall: true,
    name: { 'zh-CN': '坐席', en: 'Seat' },
    what: { 'zh-CN': '工作人员接听来电', en: 'Staff take calls' },
  },
  {
    href: '/dispatch',
    for: ['dispatcher', 'supervisor'],
    name: { 'zh-CN': '派单', en: 'Dispatch' },
    what: {
      'zh-CN': '派单员决定拿不准的工单派给哪个单位',
      en: 'Dispatchers say whose an order is that nobody could place',
    },
  },
  {
    href: '/orders',
    for: ['seat', 'dispatcher', 'unit', 'supervisor'],
    name: { 'zh-CN': '工单', en: 'Orders' },
    what: { 'zh-CN': '承办单位签收、办理、办结', en: 'Units sign, handle and close' },
  },
  {
    href: '/floor',
    for: ['supervisor'],
    name: { 'zh-CN': '话务监控', en: 'Floor' },
    what: { 'zh-CN': '班长看排队、坐席和今天的数字', en: 'Supervisors watch the queue, the seats and today' },
  },
  {
    href: '/incidents',
    for: ['supervisor'],
    name: { 'zh-CN': '突发情况', en: 'Known incidents' },
    what: {
      'zh-CN': '班长发布停水、停电等情况，来电人排队前会听到',
      en: 'Supervisors make known what is wrong; callers hear it before they wait',
    },
  },
  {
    href: '/knowledge',
    for: ['seat', 'unit', 'supervisor'],
    name: { 'zh-CN': '知识库', en: 'Knowledge' },
    what: {
      'zh-CN': '坐席查找答复；单位和班长起草、审核、更新条目',
      en: 'Agents look answers up; units and supervisors write, review and renew them',
    },
  },
  {
    href: '/learning',
    for: ['supervisor'],
    name: { 'zh-CN': '分类学习', en: 'Learning' },
    what: {
      'zh-CN': '事项建议从坐席的选择里学到什么，用哪个版本',
      en: 'What suggestions of kinds learnt from what agents took, and which version is in use',
    },
  },
  {
    href: '/catalogue',
    for: ['supervisor'],
    name: { 'zh-CN': '事项目录', en: 'Catalogue' },
    what: {
      'zh-CN': '查看、修改和发布全部事项：代码、市民的说法、各区承办单位',
      en: 'All kinds of demands: codes, citizens’ words, units by district; written and published',
    },
  },
  {
    href: '/campaigns',
    for: ['supervisor'],
    name: { 'zh-CN': '回访', en: 'Survey calls' },
    what: { 'zh-CN': '班长看回访的进度和结果', en: 'Supervisors watch survey calls and what came of them' },
  },
  {
    href: '/rates',
    for: ['supervisor'],
    name: { 'zh-CN': '三率', en: 'Rates' },
    what: {
      'zh-CN': '响应率、解决率、满意率，剔除和核验',
      en: 'Response, solved, satisfied; exclusions and their audit',
    },
  },
  {
    href: '/trail',
    for: ['auditor'],
    name: { 'zh-CN': '审计日志', en: 'Audit trail' },
    what: {
      'zh-CN': '数据保护人员看谁看了、改了什么，涉及谁',
      en: 'Who answers for the protection of data sees who read and changed what, and about whom',
    },
  },
  {
    href: '/persons',
    for: ['auditor'],
    name: { 'zh-CN': '个人数据', en: 'Personal data' },
    what: {
      'zh-CN': '数据保护人员导出、删除一个人的数据，依法留存，看各类数据保存多久',
      en: 'Who answers for the protection of data exports, forgets and holds one person’s, and sees how long what is kept',
    },
  },
  {
    href: '/plan',
    for: ['supervisor'],
    name: { 'zh-CN': '排班测算', en: 'Staff plan' },
    what: {
      'zh-CN': '各时段需要多少坐席，谁在什么时候在岗',
      en: 'How many agents each half-hour takes, and who was there when',
    },
  },
  {
    href: '/flows',
    for: ['supervisor'],
    name: { 'zh-CN': '流程图', en: 'Flows' },
    what: {
      'zh-CN': '来电走到哪一步，多久能找到人工',
      en: 'Where calls are, and how long it is to a person',
    },
  },
  {
    href: '/admin',
    for: ['admin'],
    name: { 'zh-CN': '管理', en: 'Administration' },
    what: {
      'zh-CN': '城市的各项规则：查看、修改和发布',
      en: 'Administrators see, change and publish the city’s rules',
    },
  },
  {
    href: '/account',
    for: ['seat', 'dispatcher', 'unit', 'supervisor', 'auditor'],
    name: { 'zh-CN': '账户', en: 'My account' },
    what: {
      'zh-CN': '改密码，看自己在哪里登录',
      en: 'Change your password, and see where you are signed in',
    },
  },
  {
    href: '/docs',
    for: 'programs',
    name: { 'zh-CN': '接口', en: 'API' },
    what: { 'zh-CN': '系统接口文档', en: 'All that a program can ask' },
  },
]

export const places = all.filter(place => !(isApart && place.for === 'programs'))

export const forCitizens = places.filter(place => place.for === 'citizens')

/** What somebody of this role works with; an admin may see all. */
export const placesOf = (role: Role): readonly PagePlace[] =>
  places.filter(place =>
    role === 'admin' ? place.for !== 'citizens' : Array.isArray(place.for) && place.for.includes(role),
  )

/** The place of the page that is open: `/orders/2601050000127` is of `/orders`. */
export const placeHere = (): PagePlace | undefined =>
  places.find(({ href }) => location.pathname === href || location.pathname.startsWith(`${href}/`))
