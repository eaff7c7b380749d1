import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent } from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useMemo, useRef } from 'react'
import { useIsDark } from './theme.ts'

use([BarChart, LineChart, GridComponent, LegendComponent, AriaComponent, SVGRenderer])

export type ChartOption = Parameters<EChartsType['setOption']>[0]

export type Colours = ReturnType<typeof coloursNow>

/** Colours of the design, light or dark: a drawing cannot read them by itself. They change when the page does. */
export function useColours(): Colours {
  const isDark = useIsDark()
  return useMemo(coloursNow, [isDark])
}

function coloursNow() {
  const style = getComputedStyle(document.documentElement)
  const probe = document.createElement('span')
  document.body.append(probe)
  const colour = (name: string) => {
    probe.style.color = style.getPropertyValue(name)
    return getComputedStyle(probe).color
  }
  const found = {
    ink: colour('--ink'),
    quiet: colour('--quiet'),
    line: colour('--line'),
    raised: colour('--raised'),
    accent: colour('--accent'),
    good: colour('--good'),
    warn: colour('--warn'),
  }
  probe.remove()
  return found
}

/** A drawing. What it shows is also said in words beside it; to who cannot see it, it is an image with a name. */
export function Chart({
  option,
  name,
  height,
}: {
  readonly option: ChartOption
  readonly name: string
  readonly height: string
}) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(undefined)
  useEffect(() => {
    if (!place.current) return
    const made = init(place.current, null, { renderer: 'svg' })
    chart.current = made
    const watch = new ResizeObserver(() => made.resize())
    watch.observe(place.current)
    return () => {
      watch.disconnect()
      made.dispose()
    }
  }, [])
  useEffect(() => {
    // Nothing moves by itself.
    chart.current?.setOption({ animation: false, ...option })
  }, [option])
  return (
    <div role="img" aria-label={name}>
      {/* Hidden past its edge: after a turn of the screen the drawing is as wide as before for a frame. */}
      <div ref={place} style={{ height, overflow: 'hidden' }} aria-hidden="true" />
    </div>
  )
}
