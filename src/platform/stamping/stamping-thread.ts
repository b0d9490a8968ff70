import { serve } from '../threads.ts'
import { pdfStamper } from './pdf.ts'

serve({ ...pdfStamper() })
