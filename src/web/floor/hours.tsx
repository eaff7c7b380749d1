import { useMemo } from 'react'
import type { FloorDates, FloorDay } from '../../http/contract.ts'
import { cityTime } from '../city.ts'
import { Chart, useColours } from '../design/chart.tsx'
import { Table } from '../design/table.tsx'
import { Card } from './card.tsx'
import { hoursOption } from './hours-chart.ts'
import { words } from './words.ts'

export function Hours({ day, dates }: { readonly day: FloorDay; readonly dates: FloorDates }) {
  const key = JSON.stringify(day.hours)
  const colours = useColours()
  const isOneDay = day.untilMs - day.fromMs <= 25 * 3_600_000
  const at = (hour: number) => cityTime(day.fromMs + hour * 3_600_000, isOneDay ? 'hour' : 'day')
  const option = useMemo(() => hoursOption(day, at, colours), [key, colours])
  const name = dates.from === undefined ? words.hours : words.hoursOther
  return (
    <Card name={name} wide file={{ table: 'hours', dates }}>
      <Chart option={option} name={name} height="18rem" />
      <Table
        caption={name}
        head={words.hoursHead(day.soonMs)}
        rows={day.hours.map(({ hour, calls, wanted, reached, soon, medianMs }) => ({
          key: String(hour),
          cells: [at(hour), calls, wanted, reached, soon, words.seconds(medianMs)],
        }))}
        none={words.noDay}
      />
    </Card>
  )
}
