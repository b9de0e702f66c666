using System.Globalization;
using SocialCard.Domain.People;

namespace SocialCard.Embedded.Demo;

/// <summary>Somebody of the demo city, with the card that he has at the time and what the service has answered about it.</summary>
internal sealed class Citizen
{
    private static readonly string[] Families =
        ["王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "林", "郭", "何", "高", "罗"];

    private static readonly string[] Given =
    [
        "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀英", "霞", "平", "建国", "桂兰", "志强",
        "晓红", "文博", "雨桐", "子涵", "思远", "佳怡", "海燕",
    ];

    /// <summary>The citizen of a number, always the same.</summary>
    /// <param name="index">His number; of each there is one.</param>
    /// <param name="born">His day of birth.</param>
    public Citizen(int index, DateOnly born)
    {
        Name = Families[index % Families.Length] + Given[index * 7 % Given.Length];
        Mobile = string.Create(CultureInfo.InvariantCulture, $"138{index:D8}");
        IdNumber = IdNumberOf(born, index);
        BankId = index % 5 < 3 ? "bank-icbc" : "bank-ccb";
        CardNumber = string.Create(CultureInfo.InvariantCulture, $"W{index:D8}");
    }

    public string Name { get; }

    public string Mobile { get; }

    public string IdNumber { get; }

    public string BankId { get; }

    /// <summary>The card that he has, or last had.</summary>
    public string CardNumber { get; set; }

    /// <summary>The latest loss report.</summary>
    public string? LossReportId { get; set; }

    /// <summary>The latest application for a new card.</summary>
    public string? ReissueId { get; set; }

    /// <summary>The electronic card that he has applied for.</summary>
    public string? ElectronicCardId { get; set; }

    /// <summary>A child of his, once it has a card.</summary>
    public Citizen? Child { get; set; }

    // GB 11643: area, day of birth, sequence, check character.
    private static string IdNumberOf(DateOnly born, int index)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"320211{born:yyyyMMdd}{index % 1000:D3}");
        return "0123456789X".Select(check => body + check).Single(number => CitizenId.TryParse(number, out _));
    }
}
