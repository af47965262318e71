"""The security headers of every answer, taken from the policy in infra/edge.yaml that CloudFront applies."""

from collections.abc import Mapping

from dev import template


def security_headers(*, port: int, storage_origin: str) -> Mapping[str, str]:
    """The policy's headers with local addresses in its Content-Security-Policy; HSTS is left out on plain http."""
    resource = template.load("edge")["Resources"]["SecurityHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    policy = resource["SecurityHeadersConfig"]
    custom = {item["Header"]: item["Value"] for item in resource["CustomHeadersConfig"]["Items"]}
    return custom | {
        "Content-Security-Policy": _local_policy(policy["ContentSecurityPolicy"], port, storage_origin),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": policy["FrameOptions"]["FrameOption"],
        "Referrer-Policy": policy["ReferrerPolicy"]["ReferrerPolicy"],
    }


def _local_policy(declared: Mapping[str, Mapping[str, list[str]]], port: int, storage_origin: str) -> str:
    policy = declared["ContentSecurityPolicy"]["Fn::Sub"][0]
    here = {
        "SocketOrigin": f"ws://localhost:{port}",
        "FilesOrigin": storage_origin,
        "TransitOrigin": storage_origin,
    }
    for name, origin in here.items():
        policy = policy.replace(f"${{{name}}}", origin)
    return policy
