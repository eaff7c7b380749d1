import type { AnsweredBy } from './amd/amd.ts'
import type { CallFact } from './api.ts'
import type { CallEnd } from './call.ts'
import { cutWords } from './journal/cut.ts'
import type { TimedFact } from './journal.ts'

export type TimelineLanguage = 'zh-CN' | 'en'

/** A call in a few figures; times in ms from the INVITE, absent where it did not come to that. */
export type CallSummary = {
  readonly answeredAfterMs?: number
  readonly queuedAfterMs?: number
  /** When a person was on the line. */
  readonly connectedAfterMs?: number
  readonly seat?: string
  readonly durationMs?: number
  readonly end?: CallEnd
}

/** What the facts of one call, in order, come to. */
export function summarize(facts: readonly TimedFact[]): CallSummary {
  const summary: Writable<CallSummary> = {}
  for (const { atMs, fact } of facts) {
    const afterMs = atMs - (facts[0]?.atMs ?? atMs)
    switch (fact.kind) {
      case 'answered':
        summary.answeredAfterMs ??= afterMs
        break
      case 'queued':
        summary.queuedAfterMs ??= afterMs
        break
      case 'connected':
        summary.connectedAfterMs ??= afterMs
        summary.seat = fact.seat
        break
      case 'ended': {
        const { kind: _, ...end } = fact
        summary.end = end
        summary.durationMs = afterMs
      }
    }
  }
  return summary
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] }

/** One line a fact, `mm:ss.mmm  what happened`, the time counted from the first fact: the INVITE. */
export function timelineOf(
  facts: readonly TimedFact[],
  language: TimelineLanguage,
  called: CalledBy = unnamed[language],
): readonly string[] {
  const invitedAtMs = facts[0]?.atMs ?? 0
  return facts.map(({ atMs, fact }) => `${offset(atMs - invitedAtMs)}  ${say(fact, language, called)}`)
}

function offset(ms: number): string {
  const whole = Math.max(0, Math.round(ms))
  const digits = (value: number, width: number) => String(Math.floor(value)).padStart(width, '0')
  return `${digits(whole / 60_000, 2)}:${digits((whole / 1000) % 60, 2)}.${digits(whole % 1000, 3)}`
}

/** What people call a seat, in a sentence; and whatever a call was placed to: a seat, or a number, which stays one. */
type CalledBy = { seat(name: string): string; called(to: string): string }
const unnamed: Readonly<Record<TimelineLanguage, CalledBy>> = {
  'zh-CN': { seat: name => `坐席 ${name}`, called: to => to },
  en: { seat: name => `seat ${name}`, called: to => to },
}

type Words = {
  readonly [Kind in CallFact['kind']]: (fact: Extract<CallFact, { kind: Kind }>, people: CalledBy) => string
}

const say = <Kind extends CallFact['kind']>(
  fact: Extract<CallFact, { kind: Kind }>,
  language: TimelineLanguage,
  people: CalledBy,
) => (words[language][fact.kind as Kind] as Words[Kind])(fact, people)

const given = (text: string | undefined, around: (text: string) => string) => (text ? around(text) : '')

type Ended = Extract<CallFact, { kind: 'ended' }>

const reasons: Record<TimelineLanguage, Record<Ended['reason'], string>> = {
  'zh-CN': {
    'hung-up': '挂机',
    cancelled: '接听前取消',
    refused: '拒接',
    busy: '忙',
    'no-answer': '无人接听',
    unreachable: '无法接通',
    'media-timeout': '长时间没有语音',
    'worker-died': '媒体进程中断',
    'process-died': '服务进程中断',
    'signalling-lost': '信令中断',
  },
  en: {
    'hung-up': 'hung up',
    cancelled: 'cancelled before the answer',
    refused: 'refused',
    busy: 'busy',
    'no-answer': 'no answer',
    unreachable: 'unreachable',
    'media-timeout': 'no media for too long',
    'worker-died': 'media worker died',
    'process-died': 'the process died',
    'signalling-lost': 'signalling lost',
  },
}
const enders: Record<TimelineLanguage, Record<Ended['by'], string>> = {
  'zh-CN': { them: '对方', us: '我方', failure: '故障' },
  en: { them: 'the other end', us: 'us', failure: 'a failure' },
}

const answerers: Record<TimelineLanguage, Record<AnsweredBy, string>> = {
  'zh-CN': { person: '真人', machine: '应答机', unsure: '不能确定' },
  en: { person: 'a person', machine: 'a machine', unsure: 'someone or something' },
}

/** Why we did not take a call. */
const refusals: Record<TimelineLanguage, Readonly<Record<string, string>>> = {
  'zh-CN': {
    full: '线路已满',
    'no-common-codec': '没有共同的语音编码',
    'not-found': '号码不存在',
    declined: '拒绝',
    'shutting-down': '正在停机',
    done: '未接',
    'not-sdp': '内容不是 SDP',
    extension: '要求不支持的扩展',
    contact: '没有可用的 Contact',
    interval: '会话刷新间隔过短',
    'too-long': '消息过长',
    sit: '网络特殊信息音',
  },
  en: {
    full: 'no line free',
    'no-common-codec': 'no codec in common',
    'not-found': 'no such number',
    declined: 'declined',
    'shutting-down': 'we are closing',
    done: 'not answered',
    'not-sdp': 'a body that is no SDP',
    extension: 'an extension that we do not know',
    contact: 'no Contact that can be reached',
    interval: 'a session interval that is too short',
    'too-long': 'a message that is too long',
    sit: 'special information tones of the network',
  },
}

/** Causes of ITU-T Q.850 that a network gives for a person who is not reached. */
const causes: Record<TimelineLanguage, Readonly<Record<number, string>>> = {
  'zh-CN': {
    1: '空号',
    17: '忙',
    18: '无应答',
    19: '无人接听',
    20: '关机或不在服务区',
    21: '拒接',
    22: '号码已变更',
    27: '线路故障',
    28: '号码不全',
  },
  en: {
    1: 'no such number',
    17: 'busy',
    18: 'no response',
    19: 'no answer',
    20: 'switched off or out of reach',
    21: 'rejected',
    22: 'number changed',
    27: 'out of order',
    28: 'incomplete number',
  },
}
const causeText = (cause: number | undefined, names: Readonly<Record<number, string>>) =>
  cause === undefined ? undefined : `${cause}${given(names[cause], name => ` ${name}`)}`

/** What showed a machine. */
const signs: Record<TimelineLanguage, Readonly<Record<string, string>>> = {
  'zh-CN': {
    greeting: '不停顿的长问候',
    beep: '问候后的提示音',
    tone: '持续单音',
    fax: '传真音',
    sit: '网络特殊信息音',
    music: '只有音乐',
    announcement: '网络提示语',
    network: '线路告知',
  },
  en: {
    greeting: 'a long greeting without a pause',
    beep: 'a beep after a greeting',
    tone: 'a steady tone',
    fax: 'a fax',
    sit: 'special information tones of the network',
    music: 'nothing but music',
    announcement: 'an announcement of the network',
    network: 'the network said so',
  },
}

const msText = (ms: number | undefined) => (ms === undefined ? undefined : `${ms} ms`)

const lossPercent = ({ packetsLost, packetsReceived }: NonNullable<CallEnd['quality']>) =>
  ((100 * packetsLost) / Math.max(1, packetsLost + packetsReceived)).toFixed(1)

type PartyFact = Extract<CallFact, { kind: 'party' }>
const partyWords: Record<TimelineLanguage, Record<PartyFact['is'], string>> = {
  'zh-CN': {
    rung: '振铃',
    here: '接通',
    joined: '加入通话',
    held: '保持',
    gone: '离开',
    away: '网络中断',
    back: '网络恢复',
  },
  en: {
    rung: 'is rung',
    here: 'answered',
    joined: 'joined',
    held: 'is on hold',
    gone: 'is gone',
    away: 'lost the network',
    back: 'has the network back',
  },
}
const partyNames: Record<TimelineLanguage, Record<Exclude<PartyFact['who'], 'seat'>, string>> = {
  'zh-CN': { third: '第三方', supervisor: '班长' },
  en: { third: 'third party', supervisor: 'supervisor' },
}
const partyName = (language: TimelineLanguage, { who, name }: PartyFact, people: CalledBy) =>
  who === 'seat' ? people.seat(name) : `${partyNames[language][who]} ${people.called(name)}`
const howWords: Record<TimelineLanguage, Readonly<Record<string, string>>> = {
  'zh-CN': { listening: '监听', whispering: '耳语', speaking: '加入' },
  en: {},
}

const words: Record<TimelineLanguage, Words> = {
  'zh-CN': {
    invited: ({ direction, caller, called, line, name, isProved }, people) =>
      `${direction === 'in' ? '来电' : '去电'}:${caller || '号码未显示'}${isProved === false ? '(未核实)' : ''}${given(name, shown => `(显示名 ${shown})`)} 拨打 ${direction === 'in' ? called : people.called(called)}(线路 ${line})`,
    answered: ({ codec }) => `已接听${given(codec, name => `(${name})`)}`,
    'answered-by': ({ who, why }) =>
      `接听者:${answerers['zh-CN'][who]}${given(why, sign => `(${signs['zh-CN'][sign] ?? sign})`)}`,
    text: () => '话机可以打字和看字(实时文字)',
    version: ({ digest, number }) => `流程版本 ${number ?? digest}`,
    flow: ({ flow, state }) => `流程 ${flow}${given(state, name => `,环节 ${name}`)}`,
    prompt: ({ text, durationMs }) => `播报(${(durationMs / 1000).toFixed(1)} 秒):${text}`,
    key: ({ key, source }) => `按键 ${key}(${source})`,
    queued: ({ place, sinceMs }) =>
      `排队等候人工,第 ${place} 位${sinceMs === undefined ? '' : ',重拨保留原来的位置'}`,
    moved: ({ seat }, people) => (seat === undefined ? '班长调到队首' : `班长调给${people.seat(seat)}`),
    'left-queue': ({ reason }) => `离开队列:${reason}`,
    offered: ({ seat }, people) => `${people.seat(seat)} 振铃`,
    'offer-failed': ({ seat, reason }, people) => `${people.seat(seat)} 未接:${reason}`,
    connected: ({ seat }, people) => `与${people.seat(seat)} 通话`,
    'called-back': ({ seat }, people) => `${people.seat(seat)} 回拨`,
    held: ({ held }) => (held ? '通话保持' : '恢复通话'),
    transferred: ({ to }) => `转接到 ${to}`,
    party: (fact, people) =>
      `${partyName('zh-CN', fact, people)} ${partyWords['zh-CN'][fact.is]}` +
      given(fact.how, text => `(${howWords['zh-CN'][text] ?? text})`) +
      given(fact.reason, text => `:${text}`),
    muted: ({ who, muted }) => `${who === 'caller' ? '来电人' : '第三方'} ${muted ? '静音' : '取消静音'}`,
    recording: ({ path }) => `录音:${path}`,
    recorded: ({ hasVoice }) => `录音结束${hasVoice === false ? ':无人声' : ''}`,
    'gave-number': () => '留下回电号码',
    promised: ({ message }) => `承诺回拨${message ? ':有留言' : ''}`,
    'told-time': ({ dueAtMs }) => (dueAtMs === undefined ? '未播报回拨时间' : '已播报回拨时间'),
    captions: ({ lines, shown, rewritten, gapMs, firstP95Ms, finalP95Ms }) =>
      `字幕:${lines} 行,${shown} 字,改写 ${rewritten} 字,缺 ${(gapMs / 1000).toFixed(1)} 秒` +
      given(msText(firstP95Ms), ms => `;首现 p95 ${ms}`) +
      given(msText(finalP95Ms), ms => `,定稿 p95 ${ms}`),
    refused: ({ by, status, why, cause }) =>
      `${by === 'us' ? '我方拒接' : '对方未接'}:SIP ${status}${given(why, text => `(${refusals['zh-CN'][text] ?? text})`)}` +
      given(causeText(cause, causes['zh-CN']), text => `,Q.850 ${text}`),
    failure: ({ what, reason }) => `故障:${what}(${reason})`,
    cut: ({ at, state }) =>
      `服务进程中断,来电当时:${cutWords[at][0]}${given(state, name => `(环节 ${name})`)}`,
    ended: ({ by, reason, quality }) =>
      `结束:${enders['zh-CN'][by]},${reasons['zh-CN'][reason]}` +
      (quality
        ? `;丢包 ${lossPercent(quality)} %,抖动 ${quality.jitterMs.toFixed(1)} 毫秒,MOS ${quality.mos.toFixed(1)}`
        : ''),
  },
  en: {
    invited: ({ direction, caller, called, line, name, isProved }, people) =>
      `${direction === 'in' ? 'call in' : 'call out'}: ${caller || 'number withheld'}${isProved === false ? ' (not verified)' : ''}${given(name, shown => ` (calls itself ${shown})`)} to ${direction === 'in' ? called : people.called(called)} (line ${line})`,
    answered: ({ codec }) => `answered${given(codec, name => ` (${name})`)}`,
    'answered-by': ({ who, why }) =>
      `answered by ${answerers.en[who]}${given(why, sign => ` (${signs.en[sign] ?? sign})`)}`,
    text: () => 'its phone reads and types real-time text',
    version: ({ digest, number }) => `flows of version ${number ?? digest}`,
    flow: ({ flow, state }) => `flow ${flow}${given(state, name => `, state ${name}`)}`,
    prompt: ({ text, durationMs }) => `prompt (${(durationMs / 1000).toFixed(1)} s): ${text}`,
    key: ({ key, source }) => `key ${key} (${source})`,
    queued: ({ place, sinceMs }) =>
      `in the queue for a person, place ${place}${sinceMs === undefined ? '' : ', as before they rang again'}`,
    moved: ({ seat }, people) =>
      seat === undefined
        ? 'moved to the head by a supervisor'
        : `moved to ${people.seat(seat)} by a supervisor`,
    'left-queue': ({ reason }) => `left the queue: ${reason}`,
    offered: ({ seat }, people) => `${people.seat(seat)} rings`,
    'offer-failed': ({ seat, reason }, people) => `${people.seat(seat)} did not answer: ${reason}`,
    connected: ({ seat }, people) => `connected with ${people.seat(seat)}`,
    'called-back': ({ seat }, people) => `called back by ${people.seat(seat)}`,
    held: ({ held }) => (held ? 'on hold' : 'off hold'),
    transferred: ({ to }) => `transferred to ${to}`,
    party: (fact, people) =>
      `${partyName('en', fact, people)} ${partyWords.en[fact.is]}` +
      given(fact.how, text => ` (${text})`) +
      given(fact.reason, text => `: ${text}`),
    muted: ({ who, muted }) =>
      `${who === 'caller' ? 'caller' : 'third party'} ${muted ? 'muted' : 'heard again'}`,
    recording: ({ path }) => `recording: ${path}`,
    recorded: ({ hasVoice }) => `recording over${hasVoice === false ? ': no voice' : ''}`,
    'gave-number': () => 'keyed the number to call',
    promised: ({ message }) => `promised to call back${message ? ': left a message' : ''}`,
    'told-time': ({ dueAtMs }) =>
      dueAtMs === undefined ? 'not told by when they are called back' : 'told by when they are called back',
    captions: ({ lines, shown, rewritten, gapMs, firstP95Ms, finalP95Ms }) =>
      `captions: ${lines} lines, ${shown} characters, ${rewritten} rewritten, ${(gapMs / 1000).toFixed(1)} s missing` +
      given(msText(firstP95Ms), ms => `; first p95 ${ms}`) +
      given(msText(finalP95Ms), ms => `, final p95 ${ms}`),
    refused: ({ by, status, why, cause }) =>
      `${by === 'us' ? 'we refused it' : 'not taken'}: SIP ${status}${given(why, text => ` (${refusals.en[text] ?? text})`)}` +
      given(causeText(cause, causes.en), text => `, Q.850 ${text}`),
    failure: ({ what, reason }) => `failure: ${what} (${reason})`,
    cut: ({ at, state }) => `cut off while ${cutWords[at][1]}${given(state, name => ` (state ${name})`)}`,
    ended: ({ by, reason, quality }) =>
      `ended by ${enders.en[by]}: ${reasons.en[reason]}` +
      (quality
        ? `; loss ${lossPercent(quality)} %, jitter ${quality.jitterMs.toFixed(1)} ms, MOS ${quality.mos.toFixed(1)}`
        : ''),
  },
}
