"""help.*: what a client asks before it is anybody."""

from datetime import timedelta

from telethon.tl import types

from dev.telegram.methods.call import Call, method
from dev.telegram.tl import Tl


@method("help.GetConfig", login=False)
def get_config(call: Call) -> Tl:
    """Where the data centres are, and limits as real ones state them."""
    centres = call.service.ports.items()
    return types.Config(
        date=call.now,
        expires=call.now + timedelta(hours=1),
        test_mode=False,
        this_dc=call.line.dc,
        dc_options=[types.DcOption(id=dc, ip_address=call.service.host, port=port) for dc, port in centres],
        dc_txt_domain_name="",
        chat_size_max=200,
        megagroup_size_max=200_000,
        forwarded_count_max=100,
        online_update_period_ms=210_000,
        offline_blur_timeout_ms=5000,
        offline_idle_timeout_ms=30_000,
        online_cloud_timeout_ms=300_000,
        notify_cloud_delay_ms=30_000,
        notify_default_delay_ms=1500,
        push_chat_period_ms=60_000,
        push_chat_limit=2,
        edit_time_limit=172_800,
        revoke_time_limit=172_800,
        revoke_pm_time_limit=172_800,
        rating_e_decay=2_419_200,
        stickers_recent_limit=200,
        channels_read_media_period=604_800,
        call_receive_timeout_ms=20_000,
        call_ring_timeout_ms=90_000,
        call_connect_timeout_ms=30_000,
        call_packet_timeout_ms=10_000,
        me_url_prefix="https://t.me/",
        caption_length_max=1024,
        message_length_max=4096,
        webfile_dc_id=call.line.dc,
    )


@method("help.GetNearestDc", login=False)
def get_nearest_dc(call: Call) -> Tl:
    """The one the client is talking to; country XX is nowhere."""
    return types.NearestDc("XX", call.line.dc, call.line.dc)
