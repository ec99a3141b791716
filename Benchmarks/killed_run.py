#!/usr/bin/env python3
"""Kills a daemon that sets copies aside again and again: is any article lost or out twice, is the index whole, was anything set aside
against what did not come out?

usage: killed_run.py LINECASTER [--kills N] [--seed N]
"""
import argparse, collections, glob, json, os, random, signal, subprocess, tempfile, time

WORDS = ['w%d' % n for n in range(4000)]


def article(r):
    return ' '.join(r.choice(WORDS) for _ in range(r.randrange(60, 240)))


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('linecaster'); parser.add_argument('--kills', type=int, default=50); parser.add_argument('--seed', type=int, default=1)
    options = parser.parse_args()
    binary, r = os.path.abspath(options.linecaster), random.Random(options.seed)
    print('seed', options.seed)
    with tempfile.TemporaryDirectory(dir='/dev/shm') as root:
        os.chdir(root)
        json.dump({'name': 'p', 'inbox': {'path': 'inbox'}, 'stages': [{'dedupe': {'action': 'set_aside'}}]}, open('p.yaml', 'w'))
        os.makedirs('inbox')
        known, count = [], 0

        def drop():
            nonlocal count
            rows = []
            for _ in range(200):
                if known and r.random() < 0.4:
                    words = r.choice(known).split()
                    if r.random() < 0.7: words[r.randrange(len(words))] = r.choice(WORDS)
                    text = ' '.join(words)
                else:
                    text = article(r)
                known.append(text)
                rows.append(json.dumps({'id': 'a%d' % count, 'text': text})); count += 1
            name = 'f%06d.jsonl' % count
            open('.' + name, 'w').write('\n'.join(rows) + '\n'); os.rename('.' + name, 'inbox/' + name)

        def start():
            return subprocess.Popen([binary, 'run', 'p.yaml', '--root', '.'], stdout=subprocess.DEVNULL, stderr=open('log', 'ab'))

        for _ in range(options.kills):
            daemon = start()
            for _ in range(r.randrange(1, 5)):
                drop(); time.sleep(r.random() * 0.25)
            daemon.send_signal(signal.SIGKILL); daemon.wait()
        daemon = start()
        until = time.time() + 120
        while glob.glob('inbox/*.jsonl') + glob.glob('claimed/p/*') and time.time() < until: time.sleep(0.3)
        time.sleep(1)
        daemon.send_signal(signal.SIGTERM); daemon.wait()

        def records(paths):
            return [json.loads(line) for path in sorted(paths) for line in open(path)]
        out = records(glob.glob('outbox/*.jsonl')); aside = records(glob.glob('outbox/duplicates/*.jsonl'))
        seen = collections.Counter(record['id'] for record in out + aside)
        came_out = {record['id'] for record in out}
        # A record lists twenty matches: of more the one that came out may not be among them.
        unfounded = [a['id'] for a in aside if len(a['duplicates']['matches']) < 20 and not any(m['id'] in came_out and m['status'] in ('exact', 'near') 
                     for m in a['duplicates']['matches'])]
        near = [o['id'] for o in out if any(m['id'] in came_out and m['status'] in ('exact', 'near') for m in o['duplicates']['matches'])]
        verify = subprocess.run([binary, 'dedupe', 'verify', '--root', '.'], capture_output=True, text=True)
        print('%d kills, %d articles: %d came out, %d set aside, %d lost, %d twice' % (
            options.kills, count, len(out), len(aside), count - len(seen), sum(n > 1 for n in seen.values())))
        print('set aside against none that came out: %d; came out though near to one that had: %d' % (len(unfounded), len(near)))
        print('verify: exit %d, %s' % (verify.returncode, (verify.stdout + verify.stderr).strip()[:300]))


if __name__ == '__main__': main()
