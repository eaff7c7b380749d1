import type { HearingFailure } from '../speech/index.ts'
import type { CaptionLine, EventName } from './api.ts'
import type { NewLine } from './transcript.ts'

type Words = Pick<CaptionLine, 'text'> & { readonly english: string }

/** What happened beside words, said plainly: in Chinese, and in English. */
const events = {
  music: () => ['♪ 等候音乐', '♪ music while you wait'],
  waiting: ({ place }) => [
    `正在等候人工，您排在第 ${place} 位`,
    `Waiting for a person, you are number ${place}`,
  ],
  connected: ({ agent }) =>
    agent === undefined
      ? ['已接通话务员', 'Connected with an agent']
      : [`已接通 ${agent} 号话务员`, `Connected with agent ${agent}`],
  'seat-left': () => ['话务员离开了通话', 'The agent has left the call'],
  'seat-away': () => [
    '话务员的网页断开了，正在重新接上，请稍候',
    'The agent’s page was lost and is coming back, please wait',
  ],
  'seat-back': () => ['话务员回来了', 'The agent is back'],
  'caller-away': () => [
    '来电人的网络断开了，正在重新接上',
    'The caller’s network was lost; they are coming back',
  ],
  'caller-back': () => ['来电人回来了', 'The caller is back'],
  'third-joined': ({ name }) => [`${name?.[0]}加入了通话`, `${name?.[1]} has joined the call`],
  'third-left': ({ name }) => [`${name?.[0]}离开了通话`, `${name?.[1]} has left the call`],
  hold: () => ['通话保持中，请稍候', 'On hold, please wait'],
  resumed: () => ['通话已恢复', 'The call goes on'],
  recording: () => ['开始录音', 'Recording'],
  gap: ({ seconds, why }) => [
    `（约 ${seconds} 秒没有字幕：${why?.[0]}）`,
    `(about ${seconds} s without captions: ${why?.[1]})`,
  ],
  deaf: ({ why }) => [
    `字幕暂停：${why?.[0]}。请让对方打字`,
    `Captions pause: ${why?.[1]}. Ask the other side to type`,
  ],
  switched: ({ why }) => [
    `（换了语音识别：${why?.[0]}，前面的字可能有错漏）`,
    `(another recognizer listens now: ${why?.[1]}; words before this may be wrong or missing)`,
  ],
  'hears-again': () => ['字幕恢复', 'Captions are back'],
  'no-recognizer': () => [
    '本热线没有启用语音识别：提示音、按键和打字照常显示，通话内容请让话务员打字',
    'This hotline has no speech recognition: prompts, keys and typing are shown; ask the agent to type what they say',
  ],
  'captions-on': () => ['字幕已打开', 'Captions are on'],
  'captions-wrong': () => [
    '来电人说字幕不对，请话务员打字',
    'The caller says that captions are wrong: please type',
  ],
  'person-asked': () => ['来电人要求转人工', 'The caller asks for a person'],
  'not-voiced': () => [
    '这句话没能念给对方听，对方仍能看到文字',
    'This could not be spoken to the other side, who still sees the text',
  ],
  withheld: () => [
    '暂停录音：从现在起说的话不保存',
    'Recording pauses: what is said from now on is not kept',
  ],
  'kept-again': () => ['录音恢复', 'Recording goes on'],
  ended: () => ['通话已结束', 'The call is over'],
} satisfies Record<EventName, (detail: EventDetail) => readonly [string, string]>

export type EventDetail = {
  readonly place?: number
  /** The number that citizens know the agent by. */
  readonly agent?: number
  readonly seconds?: number
  /** Who joined beside the two. */
  readonly name?: readonly [chinese: string, english: string]
  readonly why?: readonly [chinese: string, english: string]
}

const failures: Readonly<Record<HearingFailure | 'slow', readonly [string, string]>> = {
  slow: ['识别太慢', 'recognition was too slow'],
  'recognizer-refused': ['语音识别拒绝了连接', 'the recognizer refused us'],
  'recognizer-throttled': ['语音识别繁忙', 'the recognizer is busy'],
  'recognizer-stalled': ['语音识别没有反应', 'the recognizer does not respond'],
  'recognizer-failed': ['语音识别中断', 'the recognizer broke off'],
}

/** Why nothing was heard, in both languages; what is not in the list counts as broken. */
export const whyOf = (reason: string): readonly [string, string] =>
  failures[reason as HearingFailure] ?? failures['recognizer-failed']

export function wordsOf(event: EventName, detail: EventDetail = {}): Words {
  const [text = '', english = ''] = events[event](detail)
  return { text, english }
}

/** An event as a line. */
export function eventLine(
  event: EventName,
  atMs: number,
  detail?: EventDetail,
  who: CaptionLine['who'] = 'system',
): NewLine {
  return { who, kind: 'event', event, ...wordsOf(event, detail), settled: true, startMs: atMs, endMs: atMs }
}

/** Keys pressed one soon after the other, as `1 3 8`. */
export const keyWords = (keys: string): Words => {
  const spaced = [...keys].join(' ')
  return { text: `按键 ${spaced}`, english: `Key ${spaced}` }
}
