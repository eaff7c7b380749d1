/** What is said at the terminal of the floor. */
export const floorWordsAtTerminal = {
  about: '话务监控：今天或某几天的接通情况；也可导出各表',
  from: '第一天，如 2026-01-05；不给则为今天',
  to: '最后一天（含当日）；不给则只看一天',
  csv: '导出一张表：seats、calls、figures、hours、lost、outgoing 或 acts',
  out: '写入这个文件（供电子表格打开），不在终端显示',
  head: ['指标', '起', '止', '数值'],
  written: (path: string) => `已写入 ${path}`,
}

export const floorWordsInEnglish: typeof floorWordsAtTerminal = {
  about: 'the floor: how today or other days were answered; its tables as CSV',
  from: 'the first day, as 2026-01-05; today when absent',
  to: 'the last day, which counts; the first when absent',
  csv: 'one table as CSV: seats, calls, figures, hours, lost, outgoing or acts',
  out: 'write it into this file, for a spreadsheet, and not to the terminal',
  head: ['figure', 'from', 'until', 'value'],
  written: (path: string) => `written to ${path}`,
}
