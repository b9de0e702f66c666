namespace Azure.Data.Tables;

/// <summary>A storage connection string: <c>name=value;name=value</c>.</summary>
internal static class ConnectionString
{
    // The emulator's one account; its name and key are published and protect nothing.
    private const string DevelopmentAccount = "devstoreaccount1";
    private const string DevelopmentKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>The account that the string names.</summary>
    /// <exception cref="FormatException">The string does not say where the table service is, or with what to sign.</exception>
    public static TableAccount Open(string connectionString, TableClientOptions? options)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        var settings = Read(connectionString);
        var name = settings.GetValueOrDefault("AccountName");
        if (string.Equals(settings.GetValueOrDefault("UseDevelopmentStorage"), "true", StringComparison.OrdinalIgnoreCase))
        {
            var proxy = settings.TryGetValue("DevelopmentStorageProxyUri", out var address) ? new Uri(address) : new Uri("http://127.0.0.1");
            var emulator = new UriBuilder(proxy.Scheme, proxy.Host, 10002, DevelopmentAccount).Uri;
            return new(emulator, DevelopmentAccount, new SharedKeyPolicy(new(DevelopmentAccount, DevelopmentKey)), options);
        }

        var endpoint = settings.TryGetValue("TableEndpoint", out var explicitly) ? explicitly
            : name is null ? throw new FormatException("The connection string has neither TableEndpoint nor AccountName.")
            : $"{settings.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{name}.table.{settings.GetValueOrDefault("EndpointSuffix", "core.windows.net")}";
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri))
            throw new FormatException("The connection string's TableEndpoint is not an absolute address.");
        if (settings.TryGetValue("SharedAccessSignature", out var signature))
            return new(uri, name, new SasPolicy(new AzureSasCredential(signature)), options);
        if (name is not null && settings.TryGetValue("AccountKey", out var key))
            return new(uri, name, new SharedKeyPolicy(new(name, key)), options);
        throw new FormatException("The connection string has neither AccountName with AccountKey nor SharedAccessSignature.");
    }

    private static Dictionary<string, string> Read(string connectionString)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=');
            if (equals < 1 || !settings.TryAdd(part[..equals], part[(equals + 1)..]))
                throw new FormatException("The connection string is not a list of distinct name=value pairs.");
        }

        return settings;
    }
}
