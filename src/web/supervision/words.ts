import { say } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

export const words = {
  instructions: both('督办单', 'Instructions'),
  standing: both('待答复的督办单', 'Instructions that wait for an answer'),
  level: both('级别', 'Level'),
  everyLevel: both('各级', 'Every level'),
  light: both('灯', 'Light'),
  everyLight: both('各灯', 'Every light'),
  show: both('显示', 'Show'),
  open: both('待答复', 'Waiting'),
  problems: both('问题工单', 'Problem orders'),
  done: both('已了结', 'Settled'),
  sites: both('待现场核实', 'Places to look at'),
  none: both('没有', 'None'),
  loading: both('请稍候…', 'One moment…'),
  method: both(
    '单位须在时限内答复；到时未答复，自动升到上一级。重办多次、多个单位无人主办的工单自动督办。',
    'The unit has to answer in time; what is not answered rises to the level above by itself, and so do problem orders.',
  ),
  issue: both('发督办单', 'Issue an instruction'),
  issued: both('已督办', 'It is issued'),
  order: both('工单号', 'Number of the order'),
  openOrder: both('打开工单', 'Open the order'),
  siteHead: [
    both('工单号', 'Number'),
    both('事项', 'Matter'),
    both('承办单位', 'Unit'),
    both('要求时间', 'Asked'),
    both('到场时限', 'Until'),
  ],
}
