import './campaigns.css'
import { useMemo, useState } from 'react'
import { Input, Label, TextField } from 'react-aria-components'
import type { Campaign } from '../../http/contract.ts'
import { cityTime, zoneNote } from '../city.ts'
import { Chart, type ChartOption, useColours } from '../design/chart.tsx'
import { Figures } from '../design/figures.tsx'
import { showPage } from '../design/page.tsx'
import { SteadyButton } from '../design/steady-button.tsx'
import { Table } from '../design/table.tsx'
import { useNames } from '../house/names.ts'
import { SignedIn } from '../sign-in/sign-in.tsx'
import { type CampaignVerb, useCampaigns } from './use-campaigns.ts'
import { nameOf, words } from './words.ts'

/** Which buttons there are, as `campaign-state.ts` draws them. */
const verbs: Readonly<Record<Campaign['state'], readonly CampaignVerb[]>> = {
  running: ['pause', 'stop'],
  paused: ['start', 'stop'],
  stopped: ['start'],
}

function CampaignsPage() {
  const { campaigns, trouble, move } = useCampaigns()
  return (
    <div className="campaigns">
      {trouble && (
        <p className="trouble" role="alert">
          {trouble}
        </p>
      )}
      {campaigns?.map(one => (
        <OneCampaign key={one.name} campaign={one} move={(verb, why) => move(one.name, verb, why)} />
      )) ?? <p role="status">{words.asking}</p>}
    </div>
  )
}

function OneCampaign({
  campaign,
  move,
}: {
  readonly campaign: Campaign
  readonly move: (verb: CampaignVerb, because: string) => Promise<void>
}) {
  const [because, setBecause] = useState('')
  const called = useNames()
  const { name, state, by, lines, perHour, ringing, lastHour, owed, due, linked, settled, persons } = campaign
  const press = async (verb: CampaignVerb) => {
    await move(verb, because)
    setBecause('')
  }
  return (
    <section className="card board" aria-label={nameOf(name)}>
      <h2 className="wide">
        {nameOf(name)} <span className={`state ${state}`}>{words.states[state]}</span>
      </h2>
      {campaign.because !== '' && <p className="wide">{words.because(called(by), campaign.because)}</p>}
      <div className="wide moves">
        {verbs[state].map(verb => (
          <SteadyButton
            key={verb}
            meaning={state}
            atOnce
            className={verb === 'start' ? 'button main' : 'button'}
            onPress={() => void press(verb)}
          >
            {words[verb]}
          </SteadyButton>
        ))}
        <TextField value={because} onChange={setBecause} maxLength={200}>
          <Label>{words.why}</Label>
          <Input />
        </TextField>
      </div>
      <div>
        <h3>{words.pace}</h3>
        <Figures
          figures={[
            [words.ringing, words.of(ringing, lines)],
            [words.lastHour, words.of(lastHour, perHour)],
            [words.owed, owed],
            [words.due, due],
          ]}
        />
      </div>
      <div>
        <h3>{words.reach}</h3>
        <Figures
          figures={[
            ...Object.entries(words.settled).map(([how, label]) => [label, settled[how] ?? 0] as const),
            [words.linked, linked],
            [words.persons, persons.asked],
            [words.missed(persons.seconds), persons.missed],
          ]}
        />
        {persons.least !== undefined && <p className="quiet">{words.stopsAt(persons.most, persons.least)}</p>}
      </div>
      <Hours campaign={campaign} />
    </section>
  )
}

const hourOf = (atMs: number) => cityTime(atMs, 'hour')

function Hours({ campaign: { hours } }: { readonly campaign: Campaign }) {
  const colour = useColours()
  const option = useMemo((): ChartOption => {
    const axis = {
      axisLabel: { color: colour.ink, fontSize: 14 },
      axisLine: { lineStyle: { color: colour.line } },
    }
    const bar = (name: string, color: string, data: readonly number[]) => ({
      type: 'bar' as const,
      barMaxWidth: 40,
      name,
      color,
      data: [...data],
    })
    return {
      legend: { textStyle: { color: colour.ink, fontSize: 14 }, top: 0 },
      grid: { left: 8, right: 8, top: 48, bottom: 8, containLabel: true },
      xAxis: { type: 'category', data: hours.map(({ atMs }) => hourOf(atMs)), ...axis },
      yAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: colour.line } }, ...axis },
      series: [
        bar(
          words.rung,
          colour.quiet,
          hours.map(({ rung }) => rung),
        ),
        bar(
          words.reached,
          colour.accent,
          hours.map(({ reached }) => reached),
        ),
        bar(
          words.answered,
          colour.good,
          hours.map(({ answered }) => answered),
        ),
      ],
    }
  }, [hours, colour])
  if (hours.length === 0) return <p className="wide quiet">{words.noHours}</p>
  return (
    <div className="wide">
      <h3>
        {words.hours}
        {zoneNote(hours[0]?.atMs ?? 0)}
      </h3>
      <Chart option={option} name={words.hours} height="16rem" />
      <Table
        caption={words.hours}
        head={[words.hour, ...[words.rung, words.reached, words.answered].map(figures => ({ figures }))]}
        rows={hours.map(({ atMs, rung, reached, answered }) => ({
          key: atMs,
          cells: [hourOf(atMs), rung, reached, answered],
        }))}
      />
    </div>
  )
}

showPage({ 'zh-CN': '回访', en: 'Survey calls' }, <SignedIn>{() => <CampaignsPage />}</SignedIn>)
