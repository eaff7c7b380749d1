import type { KindModelList } from '../../drafts/learning/api.ts'
import { say } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

export const becauseWords = {
  learned: both('夜间学习，不比原来差', 'learnt at night, and no worse'),
  'rolled-back': both('人工回退', 'rolled back'),
  chosen: both('人工指定', 'chosen'),
  erased: both('原模型含已删除的个人数据', 'somebody in the one before was erased'),
} satisfies Record<KindModelList['uses'][number]['because'], string>

export const stateWords = {
  kept: both('可用', 'kept'),
  refused: both('已拒绝', 'refused'),
  erased: both('已随个人数据删除', 'gone with somebody erased'),
  old: both('已过期删除', 'gone, old'),
} satisfies Record<KindModelList['models'][number]['state'], string>

/** Every word of the page. */
export const words = {
  asking: both('正在读取……', 'Reading …'),
  now: (version: string) => both(`现在用的：${version}`, `In use: ${version}`),
  what: both(
    '坐席填工单时，系统建议事项。坐席改选的事项，每晚学一次；新模型在没学过的工单上检验，任何一个大类变差都不启用。',
    'Kinds are suggested while an agent writes an order. What agents take instead is learnt each night; a new model is tried on orders that none has learnt, and is not used if it is worse in any big kind.',
  ),
  catalogue: both('事项目录', 'The catalogue alone'),
  version: (version: number) =>
    version === 0 ? both('事项目录', 'The catalogue alone') : both(`第 ${version} 版`, `Version ${version}`),
  by: (name: string) => (name === 'night' ? both('系统', 'the system') : name),
  trouble: (why: string) =>
    both(
      `这个模型打不开，本机只用事项目录：${why}`,
      `This model cannot be read; this machine suggests by the catalogue: ${why}`,
    ),
  nextNight: both('下次学习', 'Next night'),
  off: both('已关闭', 'Switched off'),
  fresh: both('新确认的工单', 'Newly confirmed'),
  held: both('留作检验', 'Held out'),
  needed: (held: number, least: number) => (held < least ? `${held} / ${least}` : String(held)),
  few: (least: number) =>
    both(`留作检验的不足 ${least} 条时不学习。`, `Nothing is learnt while fewer than ${least} are held out.`),
  models: both('各夜的结果', 'What each night found'),
  none: both('还没有学到过。', 'Nothing was learnt yet.'),
  head: {
    version: both('版本', 'Version'),
    at: both('时间', 'At'),
    state: both('状态', 'State'),
    learnt: both('学习条数', 'Learnt'),
    tried: both('检验条数', 'Tried'),
    first: both('第一个对', 'First'),
    three: both('前三个有', 'First three'),
    act: both('操作', 'Actions'),
  },
  inUse: both('在用', 'In use'),
  use: both('改用', 'Use'),
  useOf: (version: string) => both(`改用${version}`, `Use ${version}`),
  sure: (version: string) =>
    both(
      `所有坐席立即按“${version}”得到建议。确定改用？`,
      `All agents get suggestions by “${version}” at once. Use it?`,
    ),
  yes: both('确定改用', 'Use it'),
  no: both('不改', 'Leave it'),
  figures: both('各类', 'By kind'),
  figuresOf: (version: string) => both(`${version}的各类数字`, `${version}, by kind`),
  state: (state: string) => both(`（${state}）`, ` (${state})`),
  show: (version: string) => both(`查看${version}的各类数字`, `Show ${version} by kind`),
  worse: both('为什么拒绝', 'Why it was refused'),
  worseOne: (kind: string | undefined, of: 'first' | 'firstThree', before: number, after: number) => {
    const place = of === 'first' ? both('第一个对的', 'first') : both('前三个有的', 'among the first three')
    return both(
      `${kind ?? '全部'}：${place}从 ${before} 条降到 ${after} 条`,
      `${kind ?? 'All'}, ${place}: ${before} before, ${after} after`,
    )
  },
  kind: both('事项对象', 'Kind'),
  size: both('大类', 'Big'),
  big: both('是', 'yes'),
  change: (before: number, after: number, texts: number) => {
    const percent = (part: number) => (texts === 0 ? '—' : `${((part / texts) * 100).toFixed(1)}%`)
    return before === after ? percent(after) : `${percent(before)} → ${percent(after)}`
  },
  confusion: both('最常认错的', 'What is taken for what'),
  label: both('其实是', 'Is'),
  taken: both('认成', 'Taken for'),
  times: both('次数', 'Times'),
  allRight: both('检验的工单都认对了。', 'All were right.'),
  uses: both('换用记录', 'What was in use'),
  because: both('原因', 'Why'),
  who: both('谁', 'Who'),
  fewTexts: both('条数少的类，数字只是偶然。', 'Figures of kinds with few texts are chance.'),
}
