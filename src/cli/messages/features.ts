/** What is said at the terminal about what is switched on. */
export const featureTerms = {
  'zh-CN': { about: '启用了哪些功能，由哪项设置决定', head: ['功能', '状态', '设置', '值'] },
  en: {
    about: 'what is switched on, and by which setting',
    head: ['feature', 'stands', 'setting', 'value'],
  },
} as const
