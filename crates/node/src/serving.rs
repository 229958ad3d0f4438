//! Serving until told to stop.

use std::{
    io::ErrorKind,
    net::{SocketAddr, TcpListener},
    time::Duration,
};

use anyhow::{Context, anyhow};
use axum_server::{Handle, tls_rustls::RustlsConfig};
use hyper_util::{
    rt::{TokioExecutor, TokioTimer},
    server::conn::auto::Builder,
};
use service::Service;
use tokio::task::JoinSet;

use crate::{
    config::{Config, Tls},
    worker,
};

/// How long running requests may take after the node was told to stop.
const GRACE: Duration = Duration::from_secs(10);
/// How long the head of a request may take, and how long an open connection may be silent.
const PATIENCE: Duration = Duration::from_secs(15);

/// Takes the address, so that a busy one is told before anything else happens.
///
/// # Errors
/// A busy address or one that is not this machine's, with the remedy.
pub fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind(address).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => anyhow!(
            "the address {address} is in use by another program (or another node); stop it, or choose another \
             port with --port or listen.address"
        ),
        ErrorKind::PermissionDenied => {
            anyhow!("the address {address} needs more rights; choose a port from 1024 on, for example 8080")
        }
        ErrorKind::AddrNotAvailable => anyhow!("{} is no address of this machine", address.ip()),
        _other => anyhow!("cannot listen on {address}: {error}"),
    })?;
    listener.set_nonblocking(true).context("cannot set up the listener")?;
    Ok(listener)
}

/// Serves `service` on `listener` until SIGTERM or Ctrl-C; requests under way are finished, and `work`
/// goes on until then.
///
/// # Errors
/// A certificate that cannot be used, or a listener that fails.
pub async fn serve(
    config: &Config,
    listener: TcpListener,
    service: Service,
    work: JoinSet<()>,
) -> anyhow::Result<()> {
    let encrypted = config.tls.is_given() || config.listen.behind_proxy;
    let settings = web::Settings {
        secure_cookies: encrypted,
        public_address: config.public_address(),
        trust_proxy: config.listen.behind_proxy,
    };
    let (telling, store) = (worker::tell(&service), service.store().clone());
    let router = web::router(service.clone(), settings).into_make_service_with_connect_info::<SocketAddr>();
    let handle = Handle::new();
    tokio::spawn(stop_when_told(handle.clone(), service.clone()));
    let served = match certificate(&config.tls).await? {
        Some(tls) => {
            let mut server = axum_server::from_tcp_rustls(listener, tls)?.handle(handle);
            lose_patience(server.http_builder());
            server.serve(router).await
        }
        None => {
            // Proxies and the demonstration speak HTTP/1; telling the versions apart has no time limit.
            let mut server = axum_server::from_tcp(listener)?.handle(handle).http1_only();
            lose_patience(server.http_builder());
            server.serve(router).await
        }
    };
    drop((work, telling));
    store.close().await;
    served.context("serving ended")
}

/// Closes a connection on which nothing, or half a request, arrives: who opens thousands and says
/// nothing would else use up the node's file descriptors.
fn lose_patience(http: &mut Builder<TokioExecutor>) {
    http.http1().timer(TokioTimer::new()).header_read_timeout(PATIENCE);
    http.http2().timer(TokioTimer::new()).keep_alive_interval(PATIENCE).keep_alive_timeout(PATIENCE);
}

async fn certificate(tls: &Tls) -> anyhow::Result<Option<RustlsConfig>> {
    let (Some(certificate), Some(key)) = (&tls.certificate, &tls.private_key) else { return Ok(None) };
    let config = RustlsConfig::from_pem_file(certificate, key).await.with_context(|| {
        format!(
            "cannot use the certificate {} with the private key {}; both are PEM files and belong together",
            certificate.display(),
            key.display()
        )
    })?;
    Ok(Some(config))
}

async fn stop_when_told(handle: Handle<SocketAddr>, service: Service) {
    let told = told_to_stop().await;
    service.hang_up();
    tracing::info!("told to stop by {told}; requests under way are finished");
    handle.graceful_shutdown(Some(GRACE));
}

/// Waits until the node is told to stop; by what.
#[cfg(unix)]
pub async fn told_to_stop() -> &'static str {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = terminate.recv() => "SIGTERM",
            _ = tokio::signal::ctrl_c() => "Ctrl-C",
        },
        Err(error) => {
            tracing::warn!(%error, "SIGTERM cannot be heard; stop the node with Ctrl-C");
            let _heard = tokio::signal::ctrl_c().await;
            "Ctrl-C"
        }
    }
}

/// Waits until the node is told to stop; by what.
#[cfg(not(unix))]
pub async fn told_to_stop() -> &'static str {
    let _heard = tokio::signal::ctrl_c().await;
    "Ctrl-C"
}
