import { Counter, Histogram, type Labels } from './series.ts';

/** A metric and its series: one object per set of labels, made once and kept by whoever raises it. */
export type Family<Series> = { with(labels: Labels): Series };

type Known = { labels: Labels; write(name: string): string };

/** Our own metrics, and how they read in Prometheus' text format. */
export class Exposition {
  private readonly metrics: { header: string; name: string; series: Known[] }[] = [];

  counters(name: string, help: string): Family<Counter> {
    return this.family({ name, help, type: 'counter' }, () => new Counter(), writeCounter);
  }

  histograms(name: string, help: string, bounds: readonly number[]): Family<Histogram> {
    return this.family({ name, help, type: 'histogram' }, () => new Histogram(bounds), writeHistogram);
  }

  /** A value that is read when it is asked for. */
  gauge(name: string, help: string, read: () => number, labels: Labels = {}): void {
    const known = this.metrics.find((metric) => metric.name === name) ?? this.add({ name, help, type: 'gauge' });
    known.series.push({ labels, write: () => line(name, labels, read()) });
  }

  text(): string {
    return this.metrics.map((metric) => metric.header + metric.series.map((one) => one.write(metric.name)).join('')).join('');
  }

  private family<Series>(
    of: { name: string; help: string; type: string },
    make: () => Series,
    write: (name: string, labels: Labels, series: Series) => string,
  ): Family<Series> {
    const metric = this.add(of);
    const made = new Map<string, Series>();
    return {
      with: (labels) => {
        const key = labelText(labels);
        const known = made.get(key);
        if (known) return known;
        const series = make();
        made.set(key, series);
        metric.series.push({ labels, write: (name) => write(name, labels, series) });
        return series;
      },
    };
  }

  private add(of: { name: string; help: string; type: string }): { header: string; name: string; series: Known[] } {
    const metric = { name: of.name, header: `# HELP ${of.name} ${of.help}\n# TYPE ${of.name} ${of.type}\n`, series: [] };
    this.metrics.push(metric);
    return metric;
  }
}

function writeCounter(name: string, labels: Labels, counter: Counter): string {
  return line(name, labels, counter.value);
}

function writeHistogram(name: string, labels: Labels, histogram: Histogram): string {
  let text = '';
  let total = 0;
  histogram.bounds.forEach((bound, index) => {
    total += histogram.counts[index]!;
    text += line(`${name}_bucket`, { ...labels, le: String(bound) }, total);
  });
  total += histogram.counts[histogram.bounds.length]!;
  text += line(`${name}_bucket`, { ...labels, le: '+Inf' }, total);
  return text + line(`${name}_sum`, labels, histogram.sum) + line(`${name}_count`, labels, total);
}

function line(name: string, labels: Labels, value: number): string {
  return `${name}${labelText(labels)} ${value}\n`;
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
