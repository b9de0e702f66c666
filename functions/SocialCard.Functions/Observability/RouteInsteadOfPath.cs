using System.Diagnostics;
using OpenTelemetry;

namespace SocialCard.Functions.Observability;

/// <summary>
/// Shows the route of a request in the place of its address, because card numbers stand in the address, and no instance of a workflow.
/// </summary>
internal sealed class RouteInsteadOfPath : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.GetTagItem("url.path") is not null)
        {
            data.SetTag("url.path", data.GetTagItem("http.route"));
        }

        // Workflows are named after their cards.
        data.SetTag("durabletask.task.instance_id", null);
        data.SetTag("durabletask.event.target_instance_id", null);
        data.SetTag("url.full", null);
        data.SetTag("url.query", null);
    }
}
