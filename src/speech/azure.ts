import type { SpeechConfig } from 'microsoft-cognitiveservices-speech-sdk'
import type { VoiceLanguage } from './synthesizer.ts'

/** How to reach the service: by region and key, or by the address of its container or a proxy (ws, wss, http or https). */
export type AzureAccess =
  | { readonly region: string; readonly key: string }
  | { readonly host: URL; readonly key?: string }

export type Sdk = typeof import('microsoft-cognitiveservices-speech-sdk')

/**
 * Loads the SDK only when it is needed, because loading is slow. From Node 22 on it would use the platform's WebSocket,
 * which, as in a browser, does not tell why a connection was refused (401 or 429); so it gets another one.
 */
export async function loadSdk(): Promise<Sdk> {
  const { WebsocketMessageAdapter } = await import(
    'microsoft-cognitiveservices-speech-sdk/distrib/lib/src/common.browser/WebsocketMessageAdapter.js'
  )
  WebsocketMessageAdapter.forceNpmWebSocket = true
  return import('microsoft-cognitiveservices-speech-sdk')
}

/**
 * The service's locale for a language. It includes a region, the likeliest one if the tag has none (Unicode TR 35, likely
 * subtags). Cantonese is `yue-CN`, written as on the mainland.
 */
export function localeOf(language: VoiceLanguage): string {
  if (language === 'yue') return 'yue-CN'
  const { language: primary, region } = new Intl.Locale(language).maximize()
  return region === undefined ? primary : `${primary}-${region}`
}

export function configOf(sdk: Sdk, access: AzureAccess): SpeechConfig {
  if ('region' in access) return sdk.SpeechConfig.fromSubscription(access.key, access.region)
  // The SDK opens a web socket at the address as given.
  const host = new URL(access.host.href.replace(/^http/, 'ws'))
  return sdk.SpeechConfig.fromHost(host, access.key)
}
