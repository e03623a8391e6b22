//! A file's bytes, as many as were asked for or an error.

use super::{Answer, Call, Hub};
use crate::{
    error::{Code, Error, Result},
    hub::{DownloadFile, DownloadedFile},
    json::Value,
    text::cat,
    transport,
};

impl Hub {
    /// Downloads a file, or a part of it, into memory. Streams, progress and going on after a cut are JavaScript's alone;
    /// a large file is read here range by range.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::hub::DownloadFile;
    /// # hubkey::example::with_hub(async |hub| {
    /// let file = hub.download(DownloadFile::new("ada/tiny".parse()?, "config.json".to_owned())).await?;
    /// assert_eq!(file.bytes, br#"{"hidden_size":40}"#);
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`DownloadFile`] says.
    pub async fn download(&self, request: DownloadFile) -> Result<DownloadedFile> {
        self.download_with(request, &Call::default()).await
    }

    /// The same, with a token, a timeout or a signal of its own. The timeout is for the whole file.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Call, hub::DownloadFile};
    /// # hubkey::example::with_hub(async |hub| {
    /// let wanted = DownloadFile::new("ada/tiny".parse()?, "config.json".to_owned());
    /// let file = hub.download_with(wanted, &Call::anonymous().timeout_ms(300_000.0)).await?;
    /// assert_eq!(file.size, Some(18));
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`DownloadFile`] says.
    pub async fn download_with(&self, request: DownloadFile, call: &Call) -> Result<DownloadedFile> {
        let mut out = self.declared_request(DownloadFile::LINE, &Value::encode(&request)?)?;
        // What was packed for the way has another length. Browsers do not let it be said.
        out.headers.push(("accept-encoding".to_owned(), "identity".to_owned()));
        if let Some(range) = &request.range {
            if range.is_empty() {
                return Err(Error::new(Code::InvalidArgument, "`range` holds no byte"));
            }
            let last = match range.end {
                u64::MAX => String::new(),
                end => end.saturating_sub(1).to_string(),
            };
            let header = cat(&["bytes=", &range.start.to_string(), "-", &last]);
            out.headers.push(("range".to_owned(), header));
        }
        let answer = self.exchange(out, call).await?;
        let told = |name: &str| answer.told(name).or_else(|| answer.header(name));
        let number = |name: &str| told(name).and_then(|it| it.parse::<u64>().ok());
        let plain = answer.header("content-encoding").is_none();
        let came = Came {
            bytes: transport::bytes(answer.response.body()),
            part: answer.header("content-range").as_deref().and_then(part),
            is_part: answer.response.status() == 206,
            size: number("x-linked-size").or_else(|| number("content-length").filter(|_| plain)),
        };
        let (bytes, size) = came.taken(request.range).map_err(|it| it.with_http(answer.context()))?;
        let bare = |it: String| it.trim_start_matches("W/").trim_matches('"').to_owned();
        Ok(DownloadedFile {
            bytes,
            size,
            etag: told("x-linked-etag").or_else(|| answer.header("etag")).map(bare),
            commit: told("x-repo-commit"),
            content_type: answer.header("content-type"),
        })
    }
}

impl Answer {
    /// What an earlier answer of the chain said: the Hub tells of a large file where it sends elsewhere for the bytes.
    fn told(&self, name: &str) -> Option<String> {
        self.told.iter().find(|it| it.0 == name).map(|it| it.1.clone())
    }
}

/// What came, and what was said of it.
struct Came {
    bytes: Vec<u8>,
    /// First byte, last byte, size of the whole.
    part: Option<(u64, u64, Option<u64>)>,
    is_part: bool,
    /// Of the whole, where all of it came.
    size: Option<u64>,
}

impl Came {
    /// The bytes that were asked for, and the size of the file.
    fn taken(mut self, range: Option<std::ops::Range<u64>>) -> Result<(Vec<u8>, Option<u64>)> {
        let wanted = range.unwrap_or(0..u64::MAX);
        let mismatch = |told: &str| Err(Error::new(Code::RangeMismatch, told));
        let length = self.bytes.len() as u64;
        if self.is_part {
            let Some((first, last, size)) = self.part else {
                return mismatch("the answer is a part of the file and does not say which");
            };
            let end = wanted.end.min(size.unwrap_or(u64::MAX));
            if first != wanted.start || last >= end || (size.is_some() && last + 1 != end) {
                return mismatch("the answer is another part of the file");
            }
            whole(length, last + 1 - first)?;
            return Ok((self.bytes, size));
        }
        if let Some(size) = self.size {
            whole(length, size)?;
        }
        if wanted.start > 0 && wanted.start >= length {
            return mismatch(&cat(&[
                "the file has ",
                &length.to_string(),
                " bytes, and the range begins behind them",
            ]));
        }
        // The range was ignored.
        let to_index = |it: u64| usize::try_from(it).unwrap_or(usize::MAX);
        self.bytes.truncate(to_index(wanted.end));
        self.bytes.drain(..to_index(wanted.start));
        Ok((self.bytes, Some(length)))
    }
}

fn whole(came: u64, said: u64) -> Result<()> {
    let code = match came.cmp(&said) {
        std::cmp::Ordering::Equal => return Ok(()),
        std::cmp::Ordering::Less => Code::Truncated,
        std::cmp::Ordering::Greater => Code::InvalidResponse,
    };
    let told = cat(&[&came.to_string(), " bytes came of ", &said.to_string()]);
    Err(Error::new(code, told))
}

/// `bytes 5-9/5000`; the size may be a star.
fn part(header: &str) -> Option<(u64, u64, Option<u64>)> {
    let (range, size) = header.strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let (first, last): (u64, u64) = (first.parse().ok()?, last.parse().ok()?);
    (first <= last && last < u64::MAX).then_some((first, last, size.parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(
        came: Came,
        range: Option<std::ops::Range<u64>>,
    ) -> std::result::Result<(String, Option<u64>), &'static str> {
        match came.taken(range) {
            Ok((bytes, size)) => Ok((String::from_utf8(bytes).unwrap(), size)),
            Err(error) => Err(error.code().as_str()),
        }
    }

    fn all(bytes: &str, size: Option<u64>) -> Came {
        Came {
            bytes: bytes.into(),
            part: None,
            is_part: false,
            size,
        }
    }

    fn some(bytes: &str, header: &str) -> Came {
        Came {
            part: part(header),
            is_part: true,
            ..all(bytes, Some(bytes.len() as u64))
        }
    }

    #[test]
    fn the_whole_has_the_size_that_was_said() {
        assert_eq!(taken(all("abcde", Some(5)), None), Ok(("abcde".to_owned(), Some(5))));
        assert_eq!(taken(all("abcde", None), None), Ok(("abcde".to_owned(), Some(5))));
        assert_eq!(taken(all("", Some(0)), None), Ok((String::new(), Some(0))));
        assert_eq!(taken(all("abcd", Some(5)), None), Err("truncated"));
        assert_eq!(taken(all("abcdef", Some(5)), None), Err("invalid_response"));
    }

    #[test]
    fn a_range_that_is_ignored_gives_the_slice() {
        assert_eq!(taken(all("abcde", Some(5)), Some(1..3)), Ok(("bc".to_owned(), Some(5))));
        assert_eq!(
            taken(all("abcde", None), Some(3..u64::MAX)),
            Ok(("de".to_owned(), Some(5)))
        );
        assert_eq!(taken(all("abcde", None), Some(3..99)), Ok(("de".to_owned(), Some(5))));
        assert_eq!(taken(all("abcde", None), Some(5..6)), Err("range_mismatch"));
        assert_eq!(taken(all("abc", Some(5)), Some(1..2)), Err("truncated"));
    }

    #[test]
    fn a_part_is_the_one_that_was_asked_for() {
        assert_eq!(
            taken(some("bc", "bytes 1-2/5"), Some(1..3)),
            Ok(("bc".to_owned(), Some(5)))
        );
        assert_eq!(
            taken(some("de", "bytes 3-4/5"), Some(3..99)),
            Ok(("de".to_owned(), Some(5)))
        );
        assert_eq!(
            taken(some("de", "bytes 3-4/*"), Some(3..5)),
            Ok(("de".to_owned(), None))
        );
        for header in [
            "bytes 2-3/5",
            "bytes 1-3/5",
            "bytes 1-1/5",
            "",
            "bytes 2-1/5",
            "bytes x-2/5",
            "bytes 1-2",
        ] {
            assert_eq!(taken(some("bc", header), Some(1..3)), Err("range_mismatch"), "{header}");
        }
        assert_eq!(taken(some("b", "bytes 1-2/5"), Some(1..3)), Err("truncated"));
        assert_eq!(taken(some("bcd", "bytes 1-2/5"), Some(1..3)), Err("invalid_response"));
    }
}
