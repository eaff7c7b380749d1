type Words = {
  readonly about: string
  readonly listAbout: string
  readonly addAbout: string
  readonly revokeAbout: string
  readonly name: string
  readonly owner: string
  readonly scope: string
  readonly days: string
  readonly head: readonly string[]
  readonly none: string
  readonly never: string
  readonly states: Readonly<Record<'open' | 'ended' | 'revoked', string>>
  /** With the token on a line of its own. */
  added(name: string, until: string, token: string): string
  revoked(name: string): string
}

const zh: Words = {
  about: '管理使用接口的程序：各有名称、负责人、权限和到期日',
  listAbout: '列出程序，以及各自最近一次使用的时间',
  addAbout: '为一个程序签发令牌；令牌只显示这一次',
  revokeAbout: '吊销一个程序的令牌',
  name: '程序名：小写字母、数字、点、横线；吊销后也不再给别的程序用',
  owner: '负责人姓名',
  scope: '权限，可多次给出：/api 下路径的第一个词加 :read 或 :write，如 orders:read',
  days: '令牌有效天数，1 到 732，默认 366',
  head: ['程序', '负责人', '权限', '到期', '最近使用', '状态'],
  none: '还没有程序',
  never: '从未',
  states: { open: '有效', ended: '已到期', revoked: '已吊销' },
  added: (name, until, token) => `已为 ${name} 签发令牌，有效至 ${until}。以后不再显示：\n\n${token}`,
  revoked: name => `已吊销 ${name} 的令牌`,
}

const en: Words = {
  about: 'programs that use the API: each with its name, owner, scopes and last day',
  listAbout: 'list programs, and when each was used last',
  addAbout: 'make a token for a program; it is shown this once',
  revokeAbout: 'revoke the token of a program',
  name: 'name of the program: small letters, digits, dots, dashes; never given to another one',
  owner: 'who answers for it',
  scope:
    'a scope, as often as needed: the first word of a path under /api, and :read or :write, as orders:read',
  days: 'for how many days its token is good, 1 to 732; 366 by default',
  head: ['Program', 'Owner', 'Scopes', 'Until', 'Last used', 'State'],
  none: 'no programs yet',
  never: 'never',
  states: { open: 'open', ended: 'ended', revoked: 'revoked' },
  added: (name, until, token) =>
    `made a token for ${name}, good until ${until}. It is not shown again:\n\n${token}`,
  revoked: name => `revoked the token of ${name}`,
}

export const programWords = { 'zh-CN': zh, en } as const
