import type { BulletinWords } from './api.ts'

/** What a bulletin begins with; whoever drafts it writes the rest. */
export function firstWords(city: string, month: string, district: string): BulletinWords {
  const [year = '', number = ''] = month.split('-')
  const said = `${year}年${Number(number)}月`
  const area = district === '' ? '全市' : district
  return {
    title: `关于${said}${district}接诉即办工作情况的通报`,
    opening: `现将${said}${area}接诉即办回访评价、较上月变化和扣分情况通报如下。`,
    demands: '请各单位对照数字背后的工单逐件核查，未解决的继续办理，并向市民说明。',
    signed: `${city}12345市民服务热线`,
  }
}
