using System.Globalization;

namespace Azure.Data.Tables;

/// <summary>A transaction was refused: none of its actions took effect.</summary>
public class TableTransactionFailedException : RequestFailedException
{
    /// <summary>Wraps the service's refusal of one action.</summary>
    public TableTransactionFailedException(RequestFailedException requestFailedException)
        : base(
            requestFailedException.Status,
            requestFailedException.Message,
            requestFailedException.ErrorCode,
            requestFailedException.InnerException)
    {
        foreach (var key in requestFailedException.Data.Keys)
            Data[key] = requestFailedException.Data[key];
        if (Data[ServiceErrors.FailedActionKey] is string index)
            FailedTransactionActionIndex = int.Parse(index, CultureInfo.InvariantCulture);
    }

    /// <summary>The position of the refused action in the submitted list; null where the service does not say.</summary>
    public int? FailedTransactionActionIndex { get; }
}
