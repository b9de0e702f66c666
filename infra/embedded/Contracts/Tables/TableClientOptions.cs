using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>How a client talks to the service: its version, retries, diagnostics, transport.</summary>
public class TableClientOptions : ClientOptions
{
    /// <summary>Options for a version of the service.</summary>
    public TableClientOptions(ServiceVersion serviceVersion = ServiceVersion.V2020_12_06)
    {
        Version = serviceVersion switch
        {
            ServiceVersion.V2019_02_02 => "2019-02-02",
            ServiceVersion.V2020_12_06 => "2020-12-06",
            _ => throw new ArgumentOutOfRangeException(nameof(serviceVersion), serviceVersion, "The client does not speak this version."),
        };
    }

    /// <summary>The value of the header x-ms-version.</summary>
    internal string Version { get; }

    /// <summary>The versions of the service's protocol that the client speaks.</summary>
    public enum ServiceVersion
    {
        /// <summary>2019-02-02.</summary>
        V2019_02_02 = 1,

        /// <summary>2020-12-06, which accepts Microsoft Entra tokens.</summary>
        V2020_12_06 = 2,
    }
}
