//! A page of one's own, at an address of this machine.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use crate::Failure;

/// A page with nothing but a script. It is served until it is dropped.
pub(super) struct OwnPage {
    port: u16,
    serving: JoinHandle<()>,
}

impl OwnPage {
    pub(super) async fn serve(script: &str) -> Result<Self, Failure> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        // The icon is empty, or Chromium would ask for one.
        let html =
            format!("<!doctype html><title>My page</title><link rel='icon' href='data:,'><script>{script}</script>");
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close";
        let response = format!("{head}\r\nContent-Length: {}\r\n\r\n{html}", html.len());
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let response = response.clone();
                // Chromium opens connections on which it asks nothing.
                tokio::spawn(async move { answer(stream, &response).await });
            }
        });
        Ok(Self { port, serving })
    }

    /// Where passkeys work without https.
    pub(super) fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// The same page, where they do not.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for OwnPage {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Whatever is asked for, the page is the answer.
async fn answer(mut stream: TcpStream, response: &str) -> std::io::Result<()> {
    if stream.read(&mut [0; 4096]).await? > 0 {
        stream.write_all(response.as_bytes()).await?;
        stream.shutdown().await?;
    }
    Ok(())
}
