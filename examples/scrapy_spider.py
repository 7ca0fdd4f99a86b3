"""A spider of one's own with cleaner as its item pipeline.

python examples/scrapy_spider.py https://example.org/news/ articles.jsonl
"""

import sys

import scrapy
from scrapy.crawler import CrawlerProcess


class NewsSpider(scrapy.Spider):
    name = "news"

    def parse(self, response):
        for link in response.css("article a, h2 a"):
            yield response.follow(link, self.parse_article)

    def parse_article(self, response):
        yield {"response": response, "section": "news"}


if __name__ == "__main__":
    start, output = sys.argv[1:]
    process = CrawlerProcess(
        {
            "ITEM_PIPELINES": {"cleaner.connect.scrapy.CleanerPipeline": 300},
            "FEEDS": {output: {"format": "jsonlines", "encoding": "utf8"}},
            "ROBOTSTXT_OBEY": True,
            "LOG_LEVEL": "WARNING",
        }
    )
    process.crawl(NewsSpider, start_urls=[start])
    process.start()
