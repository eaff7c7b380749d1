import type { TalkParties, TalkView } from '../../http/contract.ts'
import { say } from '../language.ts'

const both = (chinese: string, english: string) => say({ 'zh-CN': chinese, en: english })

/** What the page says of more than two on a call. */
export const thirdWords = {
  parties: both('通话各方', 'On the call'),
  ask: both('请第三方', 'Ask a third in'),
  whom: both('请谁一起接听', 'Whom to ask in'),
  talkFirst: both('先商量，来电人听音乐', 'Talk to them first: the caller hears music'),
  tellFirst: both('先播报，再三方通话', 'The hotline tells them first, then all talk'),
  seats: both('坐席', 'Seats'),
  numbers: both('外线', 'Numbers'),
  find: both('承办单位', 'A unit'),
  noSeat: both('没有空闲的坐席', 'No seat is ready'),
  readOut: both('请念给对方听', 'Read this out'),
  cancel: both('取消呼叫', 'Ring no more'),
  swap: both('切换', 'Swap'),
  join: both('三方通话', 'All together'),
  back: both('结束商量，回到来电人', 'Back to the caller, without them'),
  drop: both('请第三方退出', 'Drop the third'),
  leave: both('我退出，交给对方', 'Hand over and leave'),
  holdCaller: both('保持来电人', 'Hold the caller'),
  holdThird: both('保持第三方', 'Hold the third'),
  muteThird: both('第三方静音', 'Mute the third'),
  muteCaller: both('来电人静音', 'Mute the caller'),
  help: both('求助班长', 'Ask for help'),
  helpAsked: both('已通知班长', 'A supervisor is told'),
  lost: both(
    '您的话机没有声音传来，来电人已被告知网络不好：请检查话机和网络',
    'Nothing comes of your telephone, and the caller is told so: look after it and its network',
  ),
  mayBeMachine: both('可能是录音或机器', 'may be a recording or a machine'),
  thirdLost: both('网络中断', 'network lost'),
  guest: both('您是被请来的第三方：挂断即退出', 'You were asked in: hang up to leave'),
  keys: both('Shift+F9 请第三方或三方通话，Shift+F2 求助', 'Shift+F9 a third or all together, Shift+F2 help'),
  supervisor: (by: string, how: NonNullable<TalkParties['supervisor']>['how']) =>
    ({
      listening: both(`班长 ${by} 正在听`, `${by} listens`),
      whispering: both(`班长 ${by} 正在对您说话，来电人听不到`, `${by} speaks to you alone`),
      speaking: both(`班长 ${by} 已加入通话`, `${by} is on the call`),
    })[how],
} as const

type PartyPlace = 'talks' | 'music' | 'rung' | 'told' | 'muted'
const places: Readonly<Record<PartyPlace, string>> = {
  talks: both('通话', 'talks'),
  music: both('听音乐', 'hears music'),
  rung: both('振铃', 'is rung'),
  told: both('听播报', 'is being told'),
  muted: both('静音', 'muted'),
}

/** What one of them does now. */
export function placeOf(party: 'caller' | 'third', { phase, parties }: TalkView): string {
  if (party === 'third' && phase === 'calling') return places.rung
  if (party === 'third' && phase === 'briefing') return places.told
  if (phase === (party === 'caller' ? 'consulting' : 'swapped')) return places.music
  return parties.muted.includes(party) ? places.muted : places.talks
}

const longestBrief = 280

/** What is known, as it is read out or spoken to whoever is asked in; empty where nothing is. */
export function briefOf({ order, place, matter }: KnownOfCall): string {
  const parts = [
    order === '' ? '' : both(`工单 ${order}。`, `Order ${order}. `),
    place === '' ? '' : both(`地点 ${place}。`, `Place: ${place}. `),
    matter === '' ? '' : both(`情况 ${matter}。`, `Matter: ${matter}. `),
  ].filter(part => part !== '')
  if (parts.length === 0) return ''
  return `${both('12345 热线。', '12345 hotline. ')}${parts.join('')}`.slice(0, longestBrief).trim()
}
export type KnownOfCall = { readonly order: string; readonly place: string; readonly matter: string }
