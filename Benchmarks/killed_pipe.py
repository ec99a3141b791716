#!/usr/bin/env python3
"""Kills `pipe --index` again and again: every line that went out must be known, and under set_aside no story may be lost.

usage: killed_pipe.py LINECASTER [--seed N] [--kills N]
"""
import json, os, random, signal, subprocess, sys, tempfile, time


def pipe(binary, action, lines, out, kill_after=None):
    pipeline = action + '.yaml'
    json.dump({'name': 'p', 'stages': [{'dedupe': {'action': action} if action == 'set_aside' else {'min_words': 21}}]}, open(pipeline, 'w'))
    with open('in.jsonl', 'wb') as f: f.writelines(lines)
    with open(out, 'ab') as f:
        p = subprocess.Popen([binary, 'pipe', pipeline, '--index', 'index-' + action, '--workers', '1'], stdin=open('in.jsonl', 'rb'), stdout=f,
                             stderr=subprocess.DEVNULL)
        if kill_after is not None:
            time.sleep(kill_after)
            p.send_signal(signal.SIGKILL)
        return p.wait()


def whole_lines(path):
    data = open(path, 'rb').read() if os.path.exists(path) else b''
    end = data.rfind(b'\n') + 1
    if end < len(data):  # a line that was cut in the middle did not go out
        with open(path, 'r+b') as f: f.truncate(end)
    return [json.loads(l) for l in data[:end].splitlines()]


def main():
    binary, arguments = os.path.abspath(sys.argv[1]), sys.argv[2:]
    seed = int(arguments[arguments.index('--seed') + 1]) if '--seed' in arguments else 1
    kills = int(arguments[arguments.index('--kills') + 1]) if '--kills' in arguments else 100
    r = random.Random(seed)
    print('seed', seed)
    bad = 0
    for action in ('tag', 'set_aside'):
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            texts, articles = [], []
            for n in range(60000):
                story = r.randrange(max(0, n - 50), n) if n > 50 and r.random() < 0.3 else n
                texts.append(texts[story] if story < n else ' '.join('w%d' % r.randrange(50000) for _ in range(100)))
                articles.append((json.dumps({'id': str(n), 'text': texts[n]}) + '\n').encode())
            done = at = 0
            while done < kills and at < len(articles):
                pipe(binary, action, articles[at:at + 4000], 'out.jsonl', r.uniform(0.02, 0.35))
                lines = whole_lines('out.jsonl')
                at = int(lines[-1]['id']) + 1 if lines else 0
                done += 1
            out = [r['id'] for r in whole_lines('out.jsonl')]
            pipe(binary, action, articles[at:at + 1], 'out.jsonl')
            verify = subprocess.run([binary, 'dedupe', 'verify', '--index', 'index-' + action], capture_output=True, text=True)
            ids = {i for i in out}
            stories = {texts[int(i)] for i in out}
            lost = sum(t not in stories for t in texts[:at])
            again = 'again.jsonl'
            json.dump({'name': 'p', 'stages': ['dedupe']}, open('again.yaml', 'w'))
            with open('in.jsonl', 'wb') as f: f.writelines(articles[int(i)] for i in out)
            with open(again, 'wb') as f:
                subprocess.run([binary, 'pipe', 'again.yaml', '--index', 'index-' + action], stdin=open('in.jsonl', 'rb'), stdout=f, check=True)
            known = sum(r['duplicates']['status'] == 'exact' for r in whole_lines(again))
            print('%s: %d kills, %d lines out (%d ids), %d of them known, %d of %d stories lost; verify %d' % (
                action, done, len(out), len(ids), known, lost if action == 'set_aside' else 0, at, verify.returncode))
            bad += known != len(out) or (action == 'set_aside' and lost) or verify.returncode
            if verify.returncode: print(verify.stdout[:400])
    sys.exit(1 if bad else 0)


if __name__ == '__main__': main()
