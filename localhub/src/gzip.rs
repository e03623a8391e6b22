//! Bodies as gzip: small on the wire and large when they are unpacked, or just wrapped.

/// `{}` after so many blanks that all of it has `size` bytes, as gzip: valid JSON for whoever unpacks all of it. About
/// 160 times smaller (RFC 1951, 3.2.6: one block with the fixed codes).
pub(crate) fn bomb(size: usize) -> Vec<u8> {
    let blanks = size.saturating_sub(2);
    let mut bits = Bits::default();
    // The last block, fixed codes.
    bits.number(0b011, 3);
    let mut left = blanks;
    if left > 0 {
        bits.literal(b' ');
        left -= 1;
    }
    while left >= LONGEST {
        // Length code 285, distance code 0: the byte before, 258 times.
        bits.code(0b1100_0101, 8);
        bits.code(0, 5);
        left -= LONGEST;
    }
    for _ in 0..left {
        bits.literal(b' ');
    }
    bits.literal(b'{');
    bits.literal(b'}');
    // The end of the block.
    bits.code(0, 7);
    let mut out = HEAD.to_vec();
    out.extend(bits.done());
    let crc = std::iter::repeat_n(b' ', blanks).chain(*b"{}").fold(!0, crc32);
    out.extend((!crc).to_le_bytes());
    out.extend(((blanks + 2) as u32).to_le_bytes());
    out
}

/// Any bytes as gzip, in stored blocks (RFC 1951, 3.2.4): valid, and longer than before.
pub(crate) fn wrap(bytes: &[u8]) -> Vec<u8> {
    let mut out = HEAD.to_vec();
    let mut rest = bytes;
    loop {
        let (block, after) = rest.split_at(rest.len().min(usize::from(u16::MAX)));
        let length = block.len() as u16;
        out.push(u8::from(after.is_empty()));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
        rest = after;
        if rest.is_empty() {
            break;
        }
    }
    out.extend((!bytes.iter().copied().fold(!0, crc32)).to_le_bytes());
    out.extend((bytes.len() as u32).to_le_bytes());
    out
}

const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// Of a match in deflate.
const LONGEST: usize = 258;

#[derive(Default)]
struct Bits {
    out: Vec<u8>,
    held: u32,
    count: u32,
}

impl Bits {
    /// Numbers begin with their lowest bit.
    fn number(&mut self, value: u32, width: u32) {
        self.held |= value << self.count;
        self.count += width;
        while self.count >= 8 {
            self.out.push(self.held as u8);
            self.held >>= 8;
            self.count -= 8;
        }
    }

    /// Codes begin with their highest.
    fn code(&mut self, code: u32, width: u32) {
        self.number(code.reverse_bits() >> (32 - width), width);
    }

    /// Bytes below 144 only.
    fn literal(&mut self, byte: u8) {
        self.code(0x30 + u32::from(byte), 8);
    }

    fn done(mut self) -> Vec<u8> {
        self.number(0, 7);
        self.out
    }
}

fn crc32(crc: u32, byte: u8) -> u32 {
    TABLE[((crc ^ u32::from(byte)) & 0xff) as usize] ^ (crc >> 8)
}

const TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let mut crc = at as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 {
                0xedb8_8320 ^ (crc >> 1)
            } else {
                crc >> 1
            };
            bit += 1;
        }
        table[at] = crc;
        at += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_known_one() {
        assert_eq!(!b"123456789".iter().copied().fold(!0, crc32), 0xcbf4_3926);
    }

    /// What `gzip.compress(b"hello", 0)` of Python gives, but for the file system's letter.
    #[test]
    fn a_wrapped_one_is_as_others_make_it() {
        let made = wrap(b"hello");
        assert_eq!(
            made[10..],
            [
                1, 5, 0, 0xfa, 0xff, b'h', b'e', b'l', b'l', b'o', 0x86, 0xa6, 0x10, 0x36, 5, 0, 0, 0
            ]
        );
        assert_eq!(wrap(&[b'x'; 70_000]).len(), 70_000 + 10 + 5 + 5 + 8);
        assert_eq!(wrap(b"").len(), 10 + 5 + 8);
    }

    /// What `gzip.compress(b"  {}", 9)` of Python gives between head and trailer.
    #[test]
    fn a_short_one_is_as_others_make_it() {
        let made = bomb(4);
        assert_eq!(made[10..made.len() - 8], [0x53, 0x50, 0xa8, 0xae, 0x05, 0x00]);
        assert_eq!(made[made.len() - 4..], 4_u32.to_le_bytes());
        assert!(bomb(1 << 20).len() < 8_000);
    }
}
