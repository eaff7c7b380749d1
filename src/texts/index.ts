/**
 * Text messages to citizens and to those who handle their matters: one port, a folder in place of a gateway, and a
 * gateway by its webhook. A number and what is sent to it stand in no log.
 */

export { textBrings } from './brings.ts'
export { forgetsTexts } from './holdings.ts'
export { openTextSender, type TextSenderOptions } from './open.ts'
export { isRefusedText, type Text, type TextSender } from './text-sender.ts'
