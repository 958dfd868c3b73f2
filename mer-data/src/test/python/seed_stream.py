"""Prints the first values of new Seeds(7).stream("golden"), which SeedStreamTest expects.

Uses integers where possible, in place of those of Java.
"""
import math

MASK = (1 << 64) - 1
GAMMA = 0x9E3779B97F4A7C15


TAIL = 3.442619855899
AREA = 9.91256303526217e-3


def density(x):
    return math.exp(-0.5 * x * x)


def edges():
    height = density(TAIL)
    result = [AREA / height, TAIL]
    while len(result) < 128:
        height += AREA / result[-1]
        result.append(math.sqrt(-2 * math.log(height)))
    return result + [0]


EDGES = edges()


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


class Stream:
    def __init__(self, key):
        self.key = self.state = key

    def at(self, name):
        index = name
        if isinstance(name, str):
            index = len(name)
            for letter in name:
                index = mix((index + ord(letter)) & MASK)
        return Stream(mix(self.key ^ mix((index + GAMMA) & MASK)))

    def bits(self):
        self.state = (self.state + GAMMA) & MASK
        return mix(self.state)

    def int(self):
        return self.bits() >> 32

    def below(self, bound):
        if bound & (bound - 1) == 0:
            return self.int() & (bound - 1)
        runs = (1 << 31) // bound
        while True:
            drawn = self.int() >> 1
            if drawn < runs * bound:
                return drawn % bound

    def double(self):
        return (self.bits() >> 11) / (1 << 53)

    def gaussian(self):
        while True:
            bits = self.bits()
            layer = bits & 127
            x = (signed(bits, 64) >> 11) / (1 << 52) * EDGES[layer]
            if abs(x) < EDGES[layer + 1]:
                return x
            if layer == 0:
                return math.copysign(self.tail(), x)
            low, high = density(EDGES[layer]), density(EDGES[layer + 1])
            if low + self.double() * (high - low) < density(x):
                return x

    def uniform(self, origin, bound):
        return self.double() * (bound - origin) + origin

    def shuffled(self, count):
        values = list(range(count))
        for i in range(count - 1, 0, -1):
            j = self.below(i + 1)
            values[i], values[j] = values[j], values[i]
        return values

    def tail(self):
        while True:
            beyond = -math.log(1 - self.double()) / TAIL
            exponential = -math.log(1 - self.double())
            if 2 * exponential > beyond * beyond:
                return TAIL + beyond


def seeds(root, name):
    """new Seeds(root).stream(name)"""
    return Stream(mix(root)).at(name)


def stream():
    return seeds(7, "golden")


def signed(value, bits):
    return value - (1 << bits) if value >> (bits - 1) else value


if __name__ == "__main__":
    s = stream()
    print("long    ", [signed(s.bits(), 64) for _ in range(4)])
    s = stream()
    print("int     ", [signed(s.int(), 32) for _ in range(4)])
    s = stream()
    print("below   ", [s.below(b) for b in (1, 6, 8, 1000, 2**30 + 1, 2**30 + 1, 2**31 - 1, 3)])
    s = stream()
    print("boolean ", [s.int() >> 31 == 1 for _ in range(8)])
    s = stream()
    print("float   ", [((s.int() >> 8) / (1 << 24)).hex() for _ in range(4)])
    s = stream()
    print("double  ", [s.double().hex() for _ in range(4)])
    s = stream()
    print("range   ", [s.uniform(-0.25, 2.5).hex() for _ in range(4)])
    s = stream()
    print("gaussian", [s.gaussian().hex() for _ in range(6)])
    print("shuffle ", stream().shuffled(10))
