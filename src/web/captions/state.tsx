import { say, type Words } from '../language.ts'
import type { Screen, ScreenRefusal } from './screen.ts'

const refusals: Readonly<Record<ScreenRefusal, Words>> = {
  wrong: {
    'zh-CN': '没有找到这个字幕码。请核对后再输入，或在通话中再按一次井号键听一遍。',
    en: 'There is no call with this code. Check it, or press the hash key in your call to hear it again.',
  },
  over: { 'zh-CN': '这次通话已经结束。', en: 'This call is over.' },
  'too-many': {
    'zh-CN': '输错的次数太多，请等十分钟再试；短信里的链接仍然可以打开。',
    en: 'Too many wrong codes: wait ten minutes. A link from a text message still works.',
  },
  full: { 'zh-CN': '看这次通话字幕的人太多了。', en: 'Too many people read this call.' },
  garbage: { 'zh-CN': '页面出错了，请刷新。', en: 'This page has gone wrong: reload it.' },
  'too-fast': {
    'zh-CN': '发送得太快，请刷新后慢慢打字。',
    en: 'That was too fast: reload, and type slowly.',
  },
}

/** How things stand, in a line of plain words; what is missing is said, and what to do. */
export function State({ screen }: { readonly screen: Screen }) {
  const { words, isTrouble } = stateOf(screen)
  return (
    <p className={isTrouble ? 'trouble' : 'state'} role="status">
      {say(words)}
    </p>
  )
}

function stateOf({ connection, status, last, role }: Screen): {
  readonly words: Words
  readonly isTrouble: boolean
} {
  const fine = (words: Words) => ({ words, isTrouble: false })
  const trouble = (words: Words) => ({ words, isTrouble: true })
  if (typeof connection === 'object') return trouble(refusals[connection.refused])
  // Who opens a code once its call is over has read nothing that could stay.
  if (connection === 'over' && last === 0) return fine(refusals.over)
  if (connection === 'over')
    return fine({
      'zh-CN': '通话已结束，文字留在这里，直到您关闭页面。',
      en: 'The call is over. Its text stays here until you close the page.',
    })
  if (connection === 'lost')
    return trouble({
      'zh-CN': '网络断开，正在重新连接。打的字会在连上后送到。',
      en: 'No network: connecting again. What you type is sent as soon as it is back.',
    })
  if (connection === 'connecting' || !status) return fine({ 'zh-CN': '正在连接……', en: 'Connecting …' })
  if (status.ear === 'deaf')
    return trouble({
      'zh-CN': '语音识别中断，说的话暂时没有字幕。请打字，或请对方打字。',
      en: 'Speech recognition broke off: what is said has no captions. Type, or ask the other side to.',
    })
  if (status.ear === 'none' && status.agent !== undefined)
    return trouble(
      role === 'seat'
        ? {
            'zh-CN': '语音识别未启用，请您打字。提示音和按键照常显示。',
            en: 'There is no speech recognition: please type. Prompts and keys are shown.',
          }
        : {
            'zh-CN': '语音识别未启用，可请话务员打字。提示音和按键照常显示。',
            en: 'There is no speech recognition: ask the agent to type. Prompts and keys are shown.',
          },
    )
  const number = status.agent?.number
  if (status.agent === undefined)
    return fine({ 'zh-CN': '通话中，还没有接通人工', en: 'In the call, no person yet' })
  return fine(
    number === undefined
      ? { 'zh-CN': '正在和话务员通话', en: 'Talking with an agent' }
      : { 'zh-CN': `正在和 ${number} 号话务员通话`, en: `Talking with agent ${number}` },
  )
}
