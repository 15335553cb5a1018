import { check } from '../check/running.ts';
import { type StartCheck, startIn } from '../check/useCheck.ts';

/** A check in a worker of the page's own script; in the page itself where the browser gives a file no workers. */
export function startHere(script: string): StartCheck {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const inWorker = startIn(() => new Worker(url));
  return (text, tell) => {
    let isTold = false;
    const inPage = () => setTimeout(() => check(text, tell));
    try {
      return inWorker(text, (event) => {
        if (event.kind === 'broke' && !isTold) inPage();
        else tell(event);
        isTold = true;
      });
    } catch {
      const timer = inPage();
      return () => clearTimeout(timer);
    }
  };
}
