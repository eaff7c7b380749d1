/** What a text message says when nobody answered the telephone: who writes, why, how long, and nothing of the matter. */
export const linkText = (url: string, hours: number, language: string): string =>
  language.startsWith('en')
    ? `[12345] Was your request handled well? Please tell us within ${hours} hours: ${url}`
    : `【12345热线】您反映的问题已办结，请在${hours}小时内评价办理结果：${url}`
