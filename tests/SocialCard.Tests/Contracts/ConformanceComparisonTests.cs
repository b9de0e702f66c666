namespace SocialCard.Tests.Contracts;

public enum Fragility
{
    None = 0,
    Glass = 3,
}

/// <summary>A declaration with a member of every sort that the listings tell of.</summary>
public abstract class Parcel(string label, Fragility fragility = Fragility.Glass) : IDisposable
{
    public const int MaximumWeight = 31;

    public string Label { get; } = label;

    public Fragility Fragility { get; init; } = fragility;

    public abstract int? Weight { get; set; }

    protected abstract IReadOnlyDictionary<string, object> Papers { get; }

    public object this[string key] => Papers[key];

    public static implicit operator string(Parcel value) => value.Label;

    public static bool TryParse(string text, out Parcel? parcel)
    {
        parcel = null;
        return false;
    }

    public abstract Task<T> Open<T>(byte[] key, bool force = false, TimeSpan? within = null, CancellationToken cancellation = default)
        where T : class, IDisposable;

    public virtual double Price(double perKilo = 1) => perKilo * (Weight ?? MaximumWeight);

    public override string ToString() => Label;

    public void Dispose() => GC.SuppressFinalize(this);
}

public static class Parcels
{
    public static int Height(this Parcel[] parcels, string? unit = null) => parcels.Length + (unit?.Length ?? 0);
}

public record Receipt(string Signature);

public sealed class ConformanceComparisonTests
{
    private const string Listed = """
        # What the declarations above would be listed as.

        enum SocialCard.Tests.Contracts.Fragility
          None = 0
          Glass = 3
          Nitroglycerine = 9
        abstract class SocialCard.Tests.Contracts.Parcel : System.IDisposable
          protected ctor(string label, SocialCard.Tests.Contracts.Fragility fragility = Fragility.Glass)
          static field MaximumWeight -> int
          Label { get; } -> string
          Fragility { get; init; } -> SocialCard.Tests.Contracts.Fragility
          abstract Weight { get; set; } -> int?
          protected abstract Papers { get; } -> System.Collections.Generic.IReadOnlyDictionary<string, object>
          this[string key] { get; } -> object
          static op_Implicit(SocialCard.Tests.Contracts.Parcel value) -> string
          static TryParse(string text, ref SocialCard.Tests.Contracts.Parcel parcel) -> bool
          abstract Open<T>(byte[] key, bool force = false, System.TimeSpan? within = default, System.Threading.CancellationToken cancellation = default) where T : class, System.IDisposable -> System.Threading.Tasks.Task<T>
          virtual Price(System.Double perKilo = 1) -> System.Double
          virtual Send() -> void
          Dispose() -> void
        static class SocialCard.Tests.Contracts.Parcels
          static Height(this SocialCard.Tests.Contracts.Parcel[] parcels, string unit = null) -> int
        class SocialCard.Tests.Contracts.Receipt : System.IEquatable<SocialCard.Tests.Contracts.Receipt>
          ctor(string Signature)
          protected ctor(SocialCard.Tests.Contracts.Receipt original)
          protected virtual EqualityContract { get; } -> System.Type
          Signature { get; init; } -> string
          Deconstruct(ref string Signature) -> void
          static op_Inequality(SocialCard.Tests.Contracts.Receipt left, SocialCard.Tests.Contracts.Receipt right) -> bool
          static op_Equality(SocialCard.Tests.Contracts.Receipt left, SocialCard.Tests.Contracts.Receipt right) -> bool
        """;

    private const string ParcelLine = "abstract class SocialCard.Tests.Contracts.Parcel : System.IDisposable";

    [Theory]
    [InlineData(typeof(Fragility))]
    [InlineData(typeof(Parcel))]
    [InlineData(typeof(Parcels))]
    [InlineData(typeof(Receipt))]
    public void A_declaration_that_follows_its_listing_has_no_deviation(Type type) => Assert.Empty(Deviations(type, Listed));

    [Fact]
    public void A_listing_that_tells_no_constraints_asks_for_none()
        => Assert.Empty(Deviations(typeof(Parcel), Listed.Replace(" where T : class, System.IDisposable", "", StringComparison.Ordinal)));

    [Theory]
    [InlineData("perKilo", "perGram")]
    [InlineData("System.Double perKilo", "int perKilo")]
    [InlineData("perKilo = 1", "perKilo = 2")]
    [InlineData("perKilo = 1", "perKilo")]
    [InlineData("bool force = false", "bool force = true")]
    [InlineData("fragility = Fragility.Glass", "fragility = Fragility.None")]
    [InlineData("(string label, ", "(string label, int size, ")]
    [InlineData("ref SocialCard.Tests.Contracts.Parcel parcel", "SocialCard.Tests.Contracts.Parcel parcel")]
    [InlineData("T : class, System.IDisposable", "T : System.IDisposable")]
    [InlineData("Open<T>", "Open<TContent>")]
    [InlineData("System.Threading.Tasks.Task<T>", "T")]
    [InlineData("-> int?", "-> int")]
    [InlineData("Fragility { get; init; }", "Fragility { get; set; }")]
    [InlineData("abstract Weight { get; set; }", "abstract Weight { get; }")]
    [InlineData("protected abstract Papers", "abstract Papers")]
    [InlineData("virtual Price", "Price")]
    [InlineData("static TryParse", "TryParse")]
    [InlineData("protected ctor(string label", "ctor(string label")]
    [InlineData("  Label { get; } -> string\n", "")]
    public void A_member_that_is_listed_otherwise_is_a_deviation(string listed, string otherwise)
    {
        string deviation = Deviations(typeof(Parcel), Replace(listed, otherwise))[0];

        Assert.StartsWith("SocialCard.Tests.Contracts.Parcel declares '", deviation, StringComparison.Ordinal);
        Assert.Contains(otherwise, deviation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deviation_names_the_type_the_member_and_the_nearest_listed_line()
    {
        string deviation = Assert.Single(Deviations(typeof(Parcels), Replace("string unit = null", "string inUnit = null")));

        Assert.Equal(
            "SocialCard.Tests.Contracts.Parcels declares "
            + "'static Height(this SocialCard.Tests.Contracts.Parcel[] parcels, string unit = null) -> int', which is not listed. "
            + "Nearest: 'static Height(this SocialCard.Tests.Contracts.Parcel[] parcels, string inUnit = null) -> int'",
            deviation);
    }

    [Theory]
    [InlineData("abstract")]
    [InlineData("protected abstract")]
    public void An_abstract_member_that_is_not_declared_is_a_deviation(string modifiers)
    {
        string deviation = Assert.Single(Deviations(typeof(Parcel), Replace(ParcelLine, $"{ParcelLine}\n  {modifiers} Send(int to) -> void")));

        Assert.StartsWith($"SocialCard.Tests.Contracts.Parcel lacks '{modifiers} Send(int to) -> void'", deviation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abstract class SocialCard.Tests.Contracts.Parcel", "class SocialCard.Tests.Contracts.Parcel", "declared as abstract class")]
    [InlineData("Parcel : System.IDisposable", "Parcel : System.IAsyncDisposable", "Listed: System.IAsyncDisposable")]
    [InlineData("Parcel : System.IDisposable", "Parcel : System.IDisposable, System.Collections.Generic.IDictionary<string, System.Func<int, int>>", "IDictionary<string, System.Func<int, int>>")]
    [InlineData("Contracts.Parcel : ", "Contracts.ParcelBox : ", "Parcel is not listed. Nearest: SocialCard.Tests.Contracts.Parcels")]
    public void A_type_that_is_listed_otherwise_is_a_deviation(string listed, string otherwise, string expected)
        => Assert.Contains(expected, Assert.Single(Deviations(typeof(Parcel), Replace(listed, otherwise))), StringComparison.Ordinal);

    [Fact]
    public void Another_value_of_an_enum_is_a_deviation()
        => Assert.Contains("'Glass = 3'", Assert.Single(Deviations(typeof(Fragility), Replace("Glass = 3", "Glass = 4"))), StringComparison.Ordinal);

    [Fact]
    public void A_line_that_is_neither_a_type_nor_a_member_is_refused()
        => Assert.Throws<FormatException>(() => Listing.Parse(["namespace SocialCard.Tests.Contracts"]));

    private static string Replace(string listed, string otherwise)
    {
        string doctored = Listed.Replace(listed, otherwise, StringComparison.Ordinal);
        Assert.NotEqual(Listed, doctored);
        return doctored;
    }

    private static IReadOnlyList<string> Deviations(Type type, string listing)
        => Conformance.Deviations(TypeSurface.Of(type), Listing.Parse(listing.Split('\n')));
}
