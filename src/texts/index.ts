/**
 * SMS to citizens and to those who handle their matters: a port with two implementations, a folder in place of a gateway,
 * and a gateway reached by its webhook. Neither numbers nor texts are ever logged.
 */

export { textBrings } from './brings.ts'
export { forgetsTexts } from './holdings.ts'
export { openTextSender, type TextSenderOptions } from './open.ts'
export { isRefusedText, type Text, type TextSender } from './text-sender.ts'
