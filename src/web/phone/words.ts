import { say } from '../language.ts'

/** All that the page says. */
export const words = {
  ring: say({ 'zh-CN': '拨打 12345', en: 'Call 12345' }),
  goOn: say({ 'zh-CN': '接着通话', en: 'Back into the call' }),
  waits: say({
    'zh-CN': '网页重新打开了，刚才的通话还在。',
    en: 'The page was loaded anew; your call is still there.',
  }),
  hangUp: say({ 'zh-CN': '挂断', en: 'Hang up' }),
  person: say({ 'zh-CN': '转人工', en: 'To a person' }),
  mute: say({ 'zh-CN': '静音', en: 'Mute' }),
  keypad: say({ 'zh-CN': '拨号键盘', en: 'Keypad' }),
  key: (key: string) => say({ 'zh-CN': `按键 ${nameOf(key)[0]}`, en: `Key ${nameOf(key)[1]}` }),
  shortCuts: say({ 'zh-CN': '接通后和排队时', en: 'Once connected, and while you wait' }),
  keyMeanings: [
    ['0', say({ 'zh-CN': '转人工', en: 'A person' })],
    ['1', say({ 'zh-CN': '查工单', en: 'How an order stands' })],
    ['2', say({ 'zh-CN': '留言', en: 'Leave a message' })],
    ['3', say({ 'zh-CN': '换语言', en: 'Another language' })],
    ['4', say({ 'zh-CN': '轮到时回电（排队时）', en: 'Be called when it is your turn (while you wait)' })],
    ['*', say({ 'zh-CN': '长者服务', en: 'Service for elders' })],
    ['#', say({ 'zh-CN': '字幕', en: 'Captions' })],
  ],
  captions: say({ 'zh-CN': '字幕', en: 'Captions' }),
  noCaptions: say({ 'zh-CN': '通话的文字会显示在这里', en: 'What is said appears here as text' }),
  state: {
    idle: say({
      'zh-CN': '不用登录，不收费用。接通后请按提示说话或按键。',
      en: 'Free, without signing in. Speak or press keys once you are connected.',
    }),
    asking: say({
      'zh-CN': '请允许使用麦克风，这样对方才能听到您',
      en: 'Please allow the microphone, so that you can be heard',
    }),
    ringing: say({ 'zh-CN': '正在接通…', en: 'Connecting…' }),
    talking: say({ 'zh-CN': '通话中', en: 'Connected' }),
    returning: say({
      'zh-CN': '网络断开了，正在接回通话…',
      en: 'The network was lost; getting you back into the call…',
    }),
    over: say({ 'zh-CN': '通话已结束', en: 'The call is over' }),
    lost: say({
      'zh-CN': '连接中断了，请再拨一次',
      en: 'The connection was lost. Please call again',
    }),
    full: say({
      'zh-CN': '线路忙，请稍后再拨，或用电话拨打 12345',
      en: 'All lines are busy. Try again soon, or ring 12345 by telephone',
    }),
  },
  trouble: {
    refused: say({
      'zh-CN':
        '没有麦克风，对方听不到您。您仍可听、按键，并在下面打字，文字会念给对方。要说话，请在浏览器地址栏左侧允许麦克风，再拨一次。',
      en: 'There is no microphone, so you cannot be heard. You can listen, press keys and type below: it is read to the other side. To speak, allow the microphone beside the address bar and call again.',
    }),
    'lost-microphone': say({
      'zh-CN': '麦克风被拔掉或占用了。请重新插好后再拨，或在下面打字。',
      en: 'The microphone was unplugged or taken. Plug it in and call again, or type below.',
    }),
    soundless: say({
      'zh-CN':
        '这个浏览器放不出声音。通话照常：对方的话显示为文字，您可以按键，并在下面打字，文字会念给对方。',
      en: 'This browser plays no sound. Your call goes on: what is said appears as text, you can press keys and type below: it is read to the other side.',
    }),
  },
  asleep: say({
    'zh-CN': '声音暂停了（手机锁屏、来电或切换了页面）。通话还在，请点“继续听”。',
    en: 'Sound has stopped: the phone was locked, rang, or showed another page. Your call is still there.',
  }),
  wake: say({ 'zh-CN': '继续听', en: 'Go on' }),
  level: say({ 'zh-CN': '麦克风音量', en: 'Microphone level' }),
} as const

function nameOf(key: string): readonly [string, string] {
  if (key === '*') return ['星号', 'star']
  return key === '#' ? ['井号', 'pound'] : [key, key]
}
