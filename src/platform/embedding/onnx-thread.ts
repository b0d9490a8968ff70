import { serve } from '../threads.ts'
import { type OpenModel, openModel } from './onnx.ts'

/** One model session in a thread of its own; `threaded.ts` starts it, opens it once and gives it one text at a time. */
export type OnnxThread = typeof methods

let model: OpenModel | undefined

const methods = {
  async open(folder: string): Promise<void> {
    model = await openModel(folder)
  },
  async embedOne(text: string, as: 'query' | 'document'): Promise<Float32Array> {
    if (model === undefined) throw new Error('open() comes before embedOne()')
    return model.embedOne(text, as)
  },
}

serve(methods)
