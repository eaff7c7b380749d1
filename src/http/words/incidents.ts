import type { IncidentDetail, IncidentKind } from '../../incidents/api.ts'
import { both, type Words } from './words.ts'

/** Kinds of known incidents, as the hotline speaks of them. */
export const incidentKindWords: Readonly<Record<IncidentKind, Words>> = {
  water: both('停水', 'Water'),
  power: both('停电', 'Power'),
  gas: both('停气', 'Gas'),
  heating: both('供暖', 'Heating'),
  traffic: both('交通', 'Traffic'),
  network: both('网络通信', 'Network'),
  weather: both('天气', 'Weather'),
  other: both('其他', 'Other'),
}

export const incidentStateWords: Readonly<Record<IncidentDetail['incident']['state'], Words>> = {
  coming: both('未开始', 'Coming'),
  current: both('正在播报', 'Told now'),
  over: both('已结束', 'Over'),
}

/** The events of an incident. */
export const incidentEventWords: Readonly<Record<IncidentDetail['events'][number]['kind'], Words>> = {
  made: both('发布', 'Made known'),
  changed: both('修改', 'Changed'),
  prolonged: both('延长', 'Prolonged'),
  shortened: both('提前', 'Brought forward'),
  ended: both('提前结束', 'Ended'),
}
