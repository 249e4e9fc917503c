//! Whom to trust: the system's certificates, and those that a channel names besides.

use super::cause::{Cause, Failure};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::sync::OnceLock;

/// The system's certificates, read once.
static SYSTEM: OnceLock<Vec<CertificateDer<'static>>> = OnceLock::new();

/// Every certificate to trust for a channel; at least one.
pub(super) fn roots(ca_file: Option<&str>) -> Result<Vec<CertificateDer<'static>>, Failure> {
    let mut roots = Vec::new();
    if let Some(path) = ca_file {
        let failed = |why: String| Failure::later(Cause::BadFile { path: path.to_owned(), why });
        let bytes = std::fs::read(path).map_err(|error| failed(error.to_string()))?;
        for certificate in CertificateDer::pem_slice_iter(&bytes) {
            roots.push(certificate.map_err(|_| failed("not PEM".to_owned()))?);
        }
        if !roots.iter().any(is_sound) {
            return Err(failed("no certificate".to_owned()));
        }
    }
    roots.extend(SYSTEM.get_or_init(|| rustls_native_certs::load_native_certs().certs).iter().cloned());
    // One certificate of the system that can't be read must not take the others with it.
    roots.retain(is_sound);
    if roots.is_empty() { Err(Failure::later(Cause::NoRoots)) } else { Ok(roots) }
}

fn is_sound(certificate: &CertificateDer<'static>) -> bool {
    RootCertStore::empty().add(certificate.clone()).is_ok()
}
