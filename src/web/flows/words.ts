import { language, say } from '../language.ts'

const pick = (chinese: string, english: string) => say({ 'zh-CN': chinese, en: english })

export const words = {
  loading: pick('正在读取流程……', 'Reading the flows…'),
  lost: pick(
    '连不上热线，图上是最后读到的情况。',
    'The hotline does not answer; this is what was read last.',
  ),
  version: (number: number | undefined, digest: string) =>
    number === undefined
      ? pick(
          `使用目录里的流程（${digest}），还没有存入数据库`,
          `Flows of the folder (${digest}); no database has them yet`,
        )
      : pick(`使用版本 ${number}（${digest}）`, `Version ${number} answers (${digest})`),
  trial: (number: number, share: number) => {
    const percent = `${Number((share * 100).toFixed(2))} %`
    return pick(
      `版本 ${number} 试用中，接听 ${percent} 的来电`,
      `Version ${number} is on trial, for ${percent} of the calls`,
    )
  },
  choose: pick('选择流程', 'Choose a flow'),
  audiences: { general: pick('普通', 'general'), elder: pick('长辈', 'elder') },
  proved: (situations: number) =>
    pick(
      `已证明：处处按 0 都能找到人工，共看过 ${situations.toLocaleString()} 种情形。`,
      `Proved: key 0 leads to a person from everywhere; ${situations.toLocaleString()} situations were looked at.`,
    ),
  unproved: pick('没有找到这个版本的证明。', 'No proof of this version was found.'),
  time: (likeliest: number, longest: number) =>
    pick(
      `不按键，从接听到排队：最可能 ${seconds(likeliest)}，最长 ${seconds(longest)}。`,
      `Pressing nothing, from the answer to the queue: most likely ${seconds(likeliest)}, at most ${seconds(longest)}.`,
    ),
  timeByZero: (likeliest: number, longest: number) =>
    pick(
      `听完问候按 0：${seconds(likeliest)} 到排队；${seconds(longest)} 时按 0 仍可找到人工。`,
      `0 after the greeting: ${seconds(likeliest)} to the queue; 0 still leads there after ${seconds(longest)}.`,
    ),
  estimated: pick('（按音节估算）', ' (estimated by syllables)'),
  person: (state: string) =>
    pick(`任何状态按 0，都到“${state}”。`, `Key 0 leads to “${state}” from every state.`),
  map: (flow: string) => pick(`流程 ${flow} 的图`, `Map of the flow ${flow}`),
  mapHelp: pick(
    '拖动可移动，按住 Ctrl 滚动可缩放；用键盘时先移到图上，方向键移动，+、- 缩放，0 回到开头。图中内容下面的表格里都有。',
    'Drag to move, hold Ctrl and scroll to zoom. By keys: the arrows move the drawing that has the focus, + and - zoom, 0 goes back to the beginning. The table below says the same.',
  ),
  table: pick('各状态', 'States'),
  state: pick('状态', 'State'),
  calls: pick('现在的来电', 'Calls now'),
  toPerson: pick('不按键，到人工最长', 'To a person, pressing nothing'),
  ways: pick('去向', 'Leads to'),
  start: pick('开始', 'start'),
  isPerson: pick('人工', 'person'),
  callsIn: (calls: number) => pick(`${calls} 通`, calls === 1 ? '1 call' : `${calls} calls`),
  within: (time: number) => pick(`≤ ${seconds(time)} 到人工`, `≤ ${seconds(time)} to a person`),
  now: pick('已在排队', 'in the queue'),
  total: (calls: number) => pick(`现在有 ${calls} 通来电在流程中`, `${calls} calls are in flows now`),
  legend: pick('颜色越深，现在的来电越多：', 'The deeper the colour, the more calls now:'),
  zoomIn: pick('放大', 'Zoom in'),
  zoomOut: pick('缩小', 'Zoom out'),
  fit: pick('看全图', 'Show all'),
  first: pick('回到开头', 'Back to the beginning'),
}

/** Seconds, as people say them. */
export function seconds(time: number): string {
  const rounded = Math.round(time)
  return language === 'en' ? `${rounded} s` : `${rounded} 秒`
}
