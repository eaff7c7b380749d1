import { useEffect, useState } from 'react'
import { type CaptionConnection, connectCaptions } from './connection.ts'

/** The captions of one call for as long as a component is shown. @param pass a code, a link's secret or a seat's pass */
export function useCaptions(pass: string): CaptionConnection | undefined {
  const [line, setLine] = useState<CaptionConnection>()
  useEffect(() => {
    const made = connectCaptions(pass)
    setLine(made)
    return made.close
  }, [pass])
  return line
}
