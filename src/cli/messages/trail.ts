type Words = {
  readonly about: string
  readonly exportAbout: string
  readonly person: string
  readonly act: string
  readonly number: string
  readonly of: string
  readonly format: string
  readonly limit: string
  readonly head: readonly string[]
  readonly none: string
  kept(days: number): string
}

const zh: Words = {
  about: '审计日志：谁看了、查了、听了、导出了什么，谁登录、改了权限和规则，涉及哪件工单、哪通电话',
  exportAbout: '导出审计日志：JSON 行，或 syslog（RFC 5424）',
  person: '只看这个人做的',
  act: '只看这一种，如 read、searched、revealed、exported、rights-changed、alarm',
  number: '只看涉及这个电话号码的（日志里没有号码，按密钥算出的记号查找）',
  of: '只看涉及这件工单、这通电话或这个人的',
  format: 'jsonl 或 syslog',
  limit: '最多几条，默认 100',
  head: ['时间', '谁', '角色', '做了什么', '结果', '涉及', '号码记号', '从哪里', '途径'],
  none: '没有这样的记录',
  kept: days => `保存 ${days} 天`,
}

const en: Words = {
  about:
    'the audit trail: who read, searched, heard and exported what, signed in, changed rights and rules; about which order or call',
  exportAbout: 'export the audit trail: lines of JSON, or syslog (RFC 5424)',
  person: 'only what this person did',
  act: 'only this kind, as read, searched, revealed, exported, rights-changed, alarm',
  number: 'only what concerns this telephone number (found by a keyed mark: the trail holds no number)',
  of: 'only what concerns this order, call or member',
  format: 'jsonl or syslog',
  limit: 'at most so many, 100 by default',
  head: ['Time', 'Who', 'Role', 'What', 'Outcome', 'About', 'Mark of the number', 'From', 'By'],
  none: 'no such entries',
  kept: days => `kept for ${days} days`,
}

export const trailWords = { 'zh-CN': zh, en }
