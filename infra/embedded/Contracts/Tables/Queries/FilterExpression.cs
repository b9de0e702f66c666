using System.Linq.Expressions;
using System.Reflection;

namespace Azure.Data.Tables;

/// <summary>
/// Translates a predicate over an entity to a filter that the service evaluates: comparisons of a property with a value,
/// string order by <see cref="string.Compare(string, string)"/> and <see cref="string.CompareTo(string)"/> against zero,
/// boolean properties, and what <c>&amp;&amp;</c>, <c>||</c> and <c>!</c> make of them. Whatever else it finds, it refuses.
/// A row without the property satisfies no comparison with it, not even "is another than".
/// </summary>
internal sealed class FilterExpression
{
    private static readonly Dictionary<ExpressionType, (string Operator, ExpressionType Mirrored)> s_comparisons = new()
    {
        [ExpressionType.Equal] = ("eq", ExpressionType.Equal),
        [ExpressionType.NotEqual] = ("ne", ExpressionType.NotEqual),
        [ExpressionType.LessThan] = ("lt", ExpressionType.GreaterThan),
        [ExpressionType.LessThanOrEqual] = ("le", ExpressionType.GreaterThanOrEqual),
        [ExpressionType.GreaterThan] = ("gt", ExpressionType.LessThan),
        [ExpressionType.GreaterThanOrEqual] = ("ge", ExpressionType.LessThanOrEqual),
    };

    private readonly ParameterExpression _entity;

    private FilterExpression(ParameterExpression entity) => _entity = entity;

    /// <exception cref="NotSupportedException">The service cannot evaluate a part of the predicate.</exception>
    public static string Translate<T>(Expression<Func<T, bool>> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return new FilterExpression(predicate.Parameters[0]).Condition(predicate.Body);
    }

    private string Condition(Expression expression) => expression switch
    {
        _ when !Mentions(expression) => ODataLiteral.Of(Evaluate(expression)),
        BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.And } and => $"({Condition(and.Left)}) and ({Condition(and.Right)})",
        BinaryExpression { NodeType: ExpressionType.OrElse or ExpressionType.Or } or => $"({Condition(or.Left)}) or ({Condition(or.Right)})",
        UnaryExpression { NodeType: ExpressionType.Not } not => $"not ({Condition(not.Operand)})",
        BinaryExpression comparison when s_comparisons.ContainsKey(comparison.NodeType) => Comparison(comparison.NodeType, comparison.Left, comparison.Right),
        MethodCallExpression { Method.Name: nameof(Equals), Arguments: [var other], Object: { } self } => Comparison(ExpressionType.Equal, self, other),
        MethodCallExpression { Method: { Name: nameof(Equals), IsStatic: true }, Arguments: [var left, var right] } => Comparison(ExpressionType.Equal, left, right),
        _ when Nullable.GetUnderlyingType(expression.Type) is null && Property(expression) is { } name => $"{name} eq true",
        _ => throw Refuse(expression),
    };

    private string Comparison(ExpressionType type, Expression left, Expression right)
    {
        if (!Mentions(left))
            return Comparison(s_comparisons[type].Mirrored, right, left);
        if (Mentions(right))
            throw Refuse(right);
        var value = Evaluate(right);
        if (value is 0 && OrderedStrings(left) is var (first, second))
            return Comparison(type, first, second);
        if (value is null || Property(left) is not { } name)
            throw Refuse(value is null ? right : left);
        return $"{name} {s_comparisons[type].Operator} {ODataLiteral.Of(AsStored(left, value, type))}";
    }

    // string.Compare(a, b) and a.CompareTo(b); the overloads with a comparison have no counterpart in the service.
    private static (Expression First, Expression Second)? OrderedStrings(Expression expression) => expression switch
    {
        MethodCallExpression { Method: { Name: nameof(string.Compare) } method, Arguments: [var first, var second] }
            when method.DeclaringType == typeof(string) => (first, second),
        MethodCallExpression { Method.Name: nameof(string.CompareTo), Object: { } first, Arguments: [var second] }
            when first.Type == typeof(string) => (first, second),
        _ => null,
    };

    // The service compares only what has one type. Enums, which the compiler compares as numbers, are stored as names, whose
    // order is not that of the values.
    private static object AsStored(Expression property, object value, ExpressionType comparison)
    {
        var type = Strip(property).Type;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == value.GetType() || type == typeof(object) || (value is DateTime or DateTimeOffset && (type == typeof(DateTime) || type == typeof(DateTimeOffset))))
            return value;
        return type.IsEnum && comparison is (ExpressionType.Equal or ExpressionType.NotEqual)
            ? Enum.ToObject(type, value).ToString()!
            : throw Refuse(property);
    }

    // entity.Name, entity.Name.Value, entity["Name"], entity.GetInt32("Name")
    private string? Property(Expression expression) => Strip(expression) switch
    {
        MemberExpression { Member: PropertyInfo { Name: "Value" }, Expression: { } nullable }
            when Nullable.GetUnderlyingType(nullable.Type) is not null => Property(nullable),
        MemberExpression { Member: PropertyInfo property, Expression: { } owner } when Strip(owner) == _entity => EntityColumns.NameOf(property),
        MethodCallExpression { Object: { } owner, Arguments: [var name], Method.Name: var method }
            when Strip(owner) == _entity && owner.Type == typeof(TableEntity) && !Mentions(name)
                && (method == "get_Item" || method.StartsWith("Get", StringComparison.Ordinal)) => (string?)Evaluate(name),
        _ => null,
    };

    private static Expression Strip(Expression expression)
    {
        while (expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked, Operand: var operand })
            expression = operand;
        return expression;
    }

    private bool Mentions(Expression expression)
    {
        var search = new Search(_entity);
        search.Visit(expression);
        return search.Found;
    }

    private static object? Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field, Expression: var owner } => field.GetValue(owner is null ? null : Evaluate(owner)),
        _ => Expression.Lambda(expression).Compile(preferInterpretation: true).DynamicInvoke(),
    };

    private static NotSupportedException Refuse(Expression part) => new($"The table service cannot evaluate: {part}");

    private sealed class Search(ParameterExpression wanted) : ExpressionVisitor
    {
        public bool Found { get; private set; }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            Found |= node == wanted;
            return node;
        }
    }
}
