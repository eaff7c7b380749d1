import type { TimelineLanguage } from '../telephony/index.ts'
import { en } from './messages/en.ts'
import { type Messages, zhCN } from './messages/zh-CN.ts'

export const messagesIn: Readonly<Record<TimelineLanguage, Messages>> = { 'zh-CN': zhCN, en }

/**
 * Chinese, unless English is asked for: by --lang, by JIETING_LANG, or by the locale (POSIX, XBD 8.2). Known before
 * the arguments are read in earnest, since the help is in it, too.
 */
export function languageOf(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): TimelineLanguage {
  const given = args.find(arg => arg.startsWith('--lang='))?.slice(7) ?? args[args.indexOf('--lang') + 1]
  const asked = args.some(arg => /^--lang(=|$)/.test(arg)) ? given : undefined
  const wish = asked || env.JIETING_LANG || env.LC_ALL || env.LANG || ''
  return /^en\b|^en_/i.test(wish) ? 'en' : 'zh-CN'
}
